// A page as a person sees it: its heading, its text, the note on it, and the forms with what they
// send. A small reader of HTML, for pages that are well formed; no script, no style.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fakes {

using FormValues = std::vector<std::pair<std::string, std::string>>;

struct WebForm {
  std::string method;  ///< "post", in lower case
  std::string action;
  FormValues values;   ///< of its inputs, hidden or not
  FormValues buttons;  ///< name and value of each, both may be empty

  bool has(std::string_view name) const;
  /// In the place of the input's value, or beside the others.
  void set(std::string_view name, std::string value);
};

struct WebPage {
  unsigned status = 0;  ///< 0: a file
  std::string heading;
  std::string note;  ///< what stands in a paragraph of the class "note"
  std::string text;  ///< all that is visible, the content of frames too
  std::vector<WebForm> forms;

  /// The form that leads there; null: none.
  const WebForm* form_to(std::string_view action) const;
};

WebPage read_page(std::string_view html);

}  // namespace fakes
