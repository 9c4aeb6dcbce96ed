// A message as the portal shows it: the header fields that a reader wants, one text, and files to
// save. Read by GMime; charsets are made UTF-8.
//
// Of multipart/alternative the plain text is the text, and the HTML a file to save; where there is
// HTML alone it is `html`, which a page must not show but in a sandbox. Whatever cannot be read as
// a message is one file.
#pragma once

#include <string>
#include <vector>

namespace fakes {

struct OpenedFile {
  std::string name;  ///< UTF-8; no path, no control character, never empty
  std::string content;
};

struct OpenedMessage {
  std::string from;
  std::string to;
  std::string subject;
  std::string date;
  std::string text;
  std::string html;  ///< only where there is no text
  std::vector<OpenedFile> files;
};

OpenedMessage read_message(const std::string& message);

}  // namespace fakes
