#include "fakes/people/web_page.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace fakes {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

void append_utf8(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += {static_cast<char>(0xc0 | code >> 6), static_cast<char>(0x80 | (code & 0x3f))};
  } else if (code < 0x10000) {
    out += {static_cast<char>(0xe0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3f)),
            static_cast<char>(0x80 | (code & 0x3f))};
  } else {
    out += {static_cast<char>(0xf0 | code >> 18), static_cast<char>(0x80 | (code >> 12 & 0x3f)),
            static_cast<char>(0x80 | (code >> 6 & 0x3f)), static_cast<char>(0x80 | (code & 0x3f))};
  }
}

/// Character references resolved.
std::string plain(std::string_view html) {
  static constexpr std::pair<std::string_view, char> names[] = {
      {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}};
  std::string out;
  while (!html.empty()) {
    const std::size_t at = html.find('&');
    out += html.substr(0, at);
    if (at == html.npos) break;
    html.remove_prefix(at);
    const std::size_t end = html.substr(0, 12).find(';');
    const std::string_view name = end == html.npos ? std::string_view() : html.substr(1, end - 1);
    const auto known = std::find_if(std::begin(names), std::end(names),
                                    [&](const auto& entry) { return entry.first == name; });
    std::uint32_t code = 0;
    if (name.starts_with('#')) std::from_chars(name.data() + 1, name.data() + name.size(), code);
    if (known == std::end(names) && code == 0) {
      out += '&';
      html.remove_prefix(1);
      continue;
    }
    if (known != std::end(names))
      out += known->second;
    else
      append_utf8(out, code);
    html.remove_prefix(end + 1);
  }
  return out;
}

struct Tag {
  std::string name;  ///< "/form" ends one
  FormValues attributes;

  std::string get(std::string_view attribute) const {
    for (const auto& [key, value] : attributes)
      if (key == attribute) return value;
    return {};
  }
};

/// Takes a tag off the front of the HTML, which begins with '<'.
Tag take_tag(std::string_view& html) {
  Tag tag;
  std::size_t at = 1;
  const auto skip_spaces = [&] {
    while (at < html.size() && is_space(html[at])) ++at;
  };
  const auto take_name = [&](std::string_view ends) {
    const std::size_t begin = at;
    while (at < html.size() && !is_space(html[at]) && ends.find(html[at]) == ends.npos) ++at;
    return lower(html.substr(begin, at - begin));
  };
  tag.name = take_name(">");
  for (skip_spaces(); at < html.size() && html[at] != '>'; skip_spaces()) {
    std::string name = take_name("=>");
    std::string value;
    if (at < html.size() && html[at] == '=') {
      const char quote = ++at < html.size() ? html[at] : '>';
      if (quote == '"' || quote == '\'') {
        const std::size_t end = std::min(html.find(quote, ++at), html.size());
        value = plain(html.substr(at, end - at));
        at = std::min(end + 1, html.size());
      } else {
        value = take_name(">");
      }
    }
    tag.attributes.emplace_back(std::move(name), std::move(value));
  }
  html.remove_prefix(std::min(at + 1, html.size()));
  return tag;
}

class Reader {
 public:
  WebPage read(std::string_view html) {
    while (!html.empty()) {
      const std::size_t at = html.find('<');
      take_text(html.substr(0, at));
      if (at == html.npos) break;
      html.remove_prefix(at);
      if (html.starts_with("<!")) {
        html.remove_prefix(std::min(html.find('>'), html.size() - 1) + 1);
        continue;
      }
      const Tag tag = take_tag(html);
      if (tag.name == "style" || tag.name == "script" || tag.name == "title")
        html.remove_prefix(std::min(html.find("</" + tag.name), html.size()));
      take(tag);
    }
    return std::move(page_);
  }

 private:
  void take_text(std::string_view html) {
    const std::string text = plain(html);
    page_.text += text;
    if (in_heading_) page_.heading += text;
    if (in_note_) page_.note += text;
  }

  void take(const Tag& tag) {
    if (tag.name == "h1" || tag.name == "/h1") in_heading_ = tag.name == "h1";
    if (tag.name == "p") in_note_ = tag.get("class").starts_with("note");
    if (tag.name == "/p") in_note_ = false;
    if (tag.name == "iframe") page_.text += read_page(tag.get("srcdoc")).text;
    if (tag.name == "form")
      page_.forms.push_back({lower(tag.get("method")), tag.get("action"), {}, {}});
    in_form_ = tag.name == "form" || (in_form_ && tag.name != "/form");
    if (!in_form_) return;
    WebForm& form = page_.forms.back();
    if (tag.name == "input") form.values.emplace_back(tag.get("name"), tag.get("value"));
    if (tag.name == "button") form.buttons.emplace_back(tag.get("name"), tag.get("value"));
  }

  WebPage page_;
  bool in_heading_ = false;
  bool in_note_ = false;
  bool in_form_ = false;
};

}  // namespace

bool WebForm::has(std::string_view name) const {
  return std::any_of(values.begin(), values.end(),
                     [name](const auto& entry) { return entry.first == name; });
}

void WebForm::set(std::string_view name, std::string value) {
  for (auto& [key, old] : values) {
    if (key != name) continue;
    old = std::move(value);
    return;
  }
  values.emplace_back(name, std::move(value));
}

const WebForm* WebPage::form_to(std::string_view action) const {
  for (const WebForm& form : forms)
    if (form.action == action) return &form;
  return nullptr;
}

WebPage read_page(std::string_view html) {
  return Reader().read(html);
}

}  // namespace fakes
