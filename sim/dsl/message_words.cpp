#include "sim/dsl/message_words.hpp"

namespace sealcheck::dsl {
namespace {

#define ENCODING "encoding <encoding:7bit|8bit|quoted-printable|base64>"
#define CHARSET \
  "charset <charset:us-ascii|utf-8|iso-8859-1|iso-8859-15|windows-1252|utf-16|iso-2022-jp>"

void declare_text(syntax::Section& message) {
  message
      .declare({.id = "subject",
                .pattern = "subject <text:string>",
                .doc = "The Subject; a canary is appended to it.",
                .example = "subject \"confidential: results\"",
                .once = true})
      .declare({.id = "body",
                .pattern = "body <text:string>",
                .doc = "The text; a canary is appended to it.",
                .example = "body \"See you on Monday.\"",
                .once = true})
      .declare({.id = "body-of",
                .pattern = "body of <size:size>",
                .doc = "So many bytes of lines that do not matter, behind the text.",
                .example = "body of 1MB",
                .once = true})
      .declare({.id = "html",
                .pattern = "html <text:string>",
                .doc = "The same as HTML, beside the text; a canary is appended to it.",
                .example = "html \"<p>See you on <b>Monday</b>.</p>\"",
                .once = true})
      .declare({.id = "charset",
                .pattern = CHARSET,
                .doc = "What text and HTML are written in; utf-8 at first.",
                .example = "charset iso-8859-1",
                .once = true})
      .declare({.id = "encoding",
                .pattern = ENCODING,
                .doc = "How text and HTML are encoded; at first 7bit, or 8bit where it must be.",
                .example = "encoding quoted-printable",
                .once = true})
      .declare({.id = "header",
                .pattern = "header <name:name> <value:string>",
                .doc = "One more header field.",
                .example = "header X-Priority \"1\""})
      .declare({.id = "attachment",
                .pattern = "attachment <name:string> {attachment}?",
                .doc = "A file that goes with it, with a canary in it.",
                .example = "attachment \"results.pdf\" { type \"application/pdf\"; of 10kB }"});
}

void declare_whole(syntax::Section& message) {
  message
      .declare(
          {.id = "eml",
           .pattern = "eml <path:path>",
           .doc = "Sends this file as it is; its subject and its longer lines are the canaries.",
           .example = "eml \"../corpus/quarterly_results.eml\"",
           .once = true})
      .declare({.id = "raw",
                .pattern = "raw <bytes:string>",
                .doc = "The message is these octets and those of further raw lines, with no line "
                       "ends but their own.",
                .example = "raw \"Subject: x\\r\\n\\r\\nbare\\nline feeds, \\x00\\r\\n\""})
      .declare({.id = "sealed",
                .pattern = "must be sealed beyond <boundary:gateway|encryption-group|cloud>",
                .doc = "Nothing of it may cross a wire in clear beyond there.",
                .example = "must be sealed beyond gateway",
                .once = true});
}

void declare_encryption(syntax::Section& message) {
  message.declare({.id = "encrypted",
                   .pattern = "encrypted as <how:smime|envelope> for <key:string>",
                   .doc = "The sender encrypts it for the holder of the key of that name: as an "
                          "S/MIME message, or as an envelope of a service like ours.",
                   .example = "encrypted as smime for \"corp\"",
                   .once = true});
}

void declare_submission(syntax::Section& message) {
  message
      .declare({.id = "over",
                .pattern = "over <transport:tls|plain>",
                .doc = "The sender hands it over like this; in plain text at first.",
                .example = "over tls",
                .once = true})
      .declare({.id = "pipelined",
                .pattern = "pipelined",
                .doc = "The sender does not wait for each reply, where that is offered (RFC 2920).",
                .example = "pipelined",
                .once = true})
      .declare({.id = "mail-option",
                .pattern = "<option:8bitmime|smtputf8>",
                .doc = "The sender asks for it in MAIL (RFC 6152, RFC 6531).",
                .example = "8bitmime"})
      .declare({.id = "notify",
                .pattern = "notify <when:never|success|failure|delay>...",
                .doc = "When the sender wants to be told (RFC 3461); for each recipient.",
                .example = "notify success failure",
                .once = true})
      .declare({.id = "return",
                .pattern = "return <part:full|headers>",
                .doc = "What of the message comes back with a report (RFC 3461).",
                .example = "return headers",
                .once = true})
      .declare({.id = "envelope-id",
                .pattern = "envelope id <id:string>",
                .doc = "By what the sender knows it again in a report (RFC 3461).",
                .example = "envelope id \"QQ314159\"",
                .once = true})
      .declare({.id = "original-recipient",
                .pattern = "original recipient <address:address>",
                .doc = "Who it was for at first (ORCPT of RFC 3461).",
                .example = "original recipient robert@partner.test",
                .once = true});
}

void declare_attachment(syntax::Section& attachment) {
  attachment
      .declare({.id = "type",
                .pattern = "type <type:string>",
                .doc = "Its Content-Type; application/octet-stream at first.",
                .example = "type \"text/csv; charset=utf-8\"",
                .once = true})
      .declare({.id = "content",
                .pattern = "content <bytes:string>",
                .doc = "What is in it, before the canary.",
                .example = "content \"a;b\\r\\n1;2\\r\\n\"",
                .once = true})
      .declare({.id = "file",
                .pattern = "file <path:path>",
                .doc = "This file as it is; its longer lines of text are the canaries.",
                .example = "file \"../corpus/quarterly_results.eml\"",
                .once = true})
      .declare({.id = "of",
                .pattern = "of <size:size>",
                .doc = "So many bytes that do not matter.",
                .example = "of 10kB",
                .once = true})
      .declare({.id = "encoding",
                .pattern = ENCODING,
                .doc = "How it is encoded; base64 at first.",
                .example = "encoding quoted-printable",
                .once = true});
}

}  // namespace

void declare_message_words(syntax::Vocabulary& vocabulary) {
  auto& message = vocabulary.add_section("message",
                                         "What is sent, how it is handed over, and how "
                                         "far it may travel in clear.");
  declare_text(message);
  declare_whole(message);
  declare_encryption(message);
  declare_submission(message);
  declare_attachment(vocabulary.add_section("attachment", "A file that goes with a message."));
}

}  // namespace sealcheck::dsl
