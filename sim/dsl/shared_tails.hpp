// Parts of patterns that many statements share, as string literals to be joined with others.
#pragma once

/// A message, or one of its deliveries: rule 11 asks for the recipient where there are several.
#define MESSAGE "<message:name> [for (<each=each> | <recipient:address>)]"
#define TRANSPORT "[over <transport:tls|plain>]"
#define TIMES "[<times:integer> times]"
/// How the hybrid service decides on a client; the reasons are fakes/cloud/admission.hpp's.
#define CLIENT_DECISION                                                                            \
  "<peer:domain> (<decision=admits> gateway [by root <root:string>] | <decision=refuses> gateway " \
  "[because <reason:no-certificate|self-signed|expired|not-yet-valid|issuer-not-trusted|"          \
  "account-not-enabled|no-name|name-differs|address-not-public|no-a-record|a-record-not-public|"   \
  "a-record-elsewhere|no-ptr-record|ptr-elsewhere|dns-failure>])"
/// The commands that a peer can be waited for to see.
#define SEEN_VERBS "ehlo|helo|starttls|auth|mail|rcpt|data|rset|noop|quit"
/// What a window may count from, beside the last action: its event happened before, or is awaited.
#define ANCHOR                                                                          \
  "(<anchor:send|change|restart|admin> | "                                              \
  "<after-peer:domain> (sees <after-verb:" SEEN_VERBS                                   \
  "> | "                                                                                \
  "receives <after-message:name> [for <after-recipient:address>]) | "                   \
  "<after-message:name> is answered <after-code:answer> [or <after-code:answer>]... | " \
  "<after-message:name> [for <after-recipient:address>] is <after-outcome:delivered|expired>)"
/// When: without it, until nothing is pending but retries.
#define WINDOW \
  "[within <to:duration> | between <from:duration> and <to:duration>] [after " ANCHOR "]"
/// The requirements that the statement decides.
#define SHOWS "[shows <requirement:requirement-id>...]"
/// Of what an administrator does: what a refusal must say, without it the operation must succeed;
/// and what must stand in what is shown for it.
#define OUTCOME                                                         \
  "[and is refused with <refusal:string>] [and sees <seen:string>]... " \
  "[without <unseen:string>]... " SHOWS
