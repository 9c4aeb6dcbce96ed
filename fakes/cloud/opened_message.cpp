#include "fakes/cloud/opened_message.hpp"

#include <gmime/gmime.h>

#include <memory>
#include <string_view>

namespace fakes {
namespace {

constexpr int depth_max = 20;
constexpr std::size_t files_max = 200;
constexpr std::size_t multiparts_max = 200;  // GMime's parser calls itself for each that is nested

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Handle = std::unique_ptr<T, Unref>;

std::string text_of(const char* text) {
  return text ? std::string(text) : std::string();
}

std::string addresses(InternetAddressList* list) {
  if (!list) return {};
  char* text = internet_address_list_to_string(list, nullptr, FALSE);
  const std::string result = text_of(text);
  g_free(text);
  return result;
}

/// Decoded from its transfer encoding; `charset`: made UTF-8 from it.
std::string content_of(GMimePart* part, const char* charset) {
  GMimeDataWrapper* wrapper = g_mime_part_get_content(part);
  if (!wrapper) return {};
  const Handle<GMimeStream> memory(g_mime_stream_mem_new());
  const Handle<GMimeStream> filtered(g_mime_stream_filter_new(memory.get()));
  if (charset) {
    const Handle<GMimeFilter> filter(g_mime_filter_charset_new(charset, "utf-8"));
    if (filter) g_mime_stream_filter_add(GMIME_STREAM_FILTER(filtered.get()), filter.get());
  }
  g_mime_data_wrapper_write_to_stream(wrapper, filtered.get());
  g_mime_stream_flush(filtered.get());
  const GByteArray* octets = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
  return {reinterpret_cast<const char*>(octets->data), octets->len};
}

std::string file_name(std::string name, std::size_t number) {
  std::string clean;
  for (const char c : name) {
    const auto octet = static_cast<unsigned char>(c);
    const bool bad = octet < 0x20 || octet == 0x7f || c == '/' || c == '\\' || c == ':';
    clean += bad ? '_' : c;
  }
  if (clean.empty() || clean == "." || clean == "..") return "file-" + std::to_string(number);
  return clean;
}

bool has_too_many_multiparts(std::string_view message) {
  std::size_t found = 0;
  for (std::size_t at = message.find('='); at != message.npos && found <= multiparts_max;
       at = message.find('=', at + 1)) {
    constexpr std::string_view name = "boundary";
    if (at < name.size()) continue;
    const std::string_view before = message.substr(at - name.size(), name.size());
    if (g_ascii_strncasecmp(before.data(), name.data(), name.size()) == 0) ++found;
  }
  return found > multiparts_max;
}

class Reader {
 public:
  explicit Reader(OpenedMessage& into) : into_(into) {}

  void read(GMimeObject* object, int depth) {
    if (!object || depth > depth_max || into_.files.size() >= files_max) return;
    if (GMIME_IS_MULTIPART(object)) {
      auto* multipart = GMIME_MULTIPART(object);
      for (int i = 0; i < g_mime_multipart_get_count(multipart); ++i)
        read(g_mime_multipart_get_part(multipart, i), depth + 1);
    } else if (GMIME_IS_MESSAGE_PART(object)) {
      char* whole = g_mime_object_to_string(
          GMIME_OBJECT(g_mime_message_part_get_message(GMIME_MESSAGE_PART(object))), nullptr);
      add("message.eml", text_of(whole));
      g_free(whole);
    } else if (GMIME_IS_PART(object)) {
      read(GMIME_PART(object));
    }
  }

  /// HTML is shown only in the place of a text; it can always be saved.
  void finish() {
    if (!into_.text.empty()) into_.html.clear();
  }

 private:
  void read(GMimePart* part) {
    GMimeContentType* type = g_mime_object_get_content_type(GMIME_OBJECT(part));
    const bool plain = g_mime_content_type_is_type(type, "text", "plain");
    const bool html = g_mime_content_type_is_type(type, "text", "html");
    const bool attached = g_mime_part_is_attachment(part) || g_mime_part_get_filename(part);
    if (attached || (!plain && !html)) {
      add(text_of(g_mime_part_get_filename(part)), content_of(part, nullptr));
      return;
    }
    const char* charset = g_mime_content_type_get_parameter(type, "charset");
    const std::string content = content_of(part, charset ? charset : "utf-8");
    if (plain && !into_.text.empty()) into_.text += "\n";
    if (plain) into_.text += content;
    if (html && into_.html.empty()) into_.html = content;
    if (html) add("message-as-page.html", content_of(part, nullptr));
  }

  void add(std::string name, std::string content) {
    into_.files.push_back({file_name(std::move(name), into_.files.size() + 1), std::move(content)});
  }

  OpenedMessage& into_;
};

}  // namespace

OpenedMessage read_message(const std::string& message) {
  static const bool initialised = (g_mime_init(), true);
  static_cast<void>(initialised);
  const Handle<GMimeStream> stream(
      g_mime_stream_mem_new_with_buffer(message.data(), message.size()));
  const Handle<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  Handle<GMimeMessage> parsed;
  if (!has_too_many_multiparts(message))
    parsed.reset(g_mime_parser_construct_message(parser.get(), nullptr));
  OpenedMessage opened;
  if (!parsed) {
    opened.files.push_back({"message.eml", message});
    return opened;
  }
  opened.from = addresses(g_mime_message_get_from(parsed.get()));
  opened.to = addresses(g_mime_message_get_to(parsed.get()));
  opened.subject = text_of(g_mime_message_get_subject(parsed.get()));
  opened.date = text_of(g_mime_object_get_header(GMIME_OBJECT(parsed.get()), "Date"));
  Reader reader(opened);
  reader.read(g_mime_message_get_mime_part(parsed.get()), 0);
  reader.finish();
  return opened;
}

}  // namespace fakes
