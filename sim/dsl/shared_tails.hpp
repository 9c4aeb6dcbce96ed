// Parts of patterns that many statements share, as string literals to be joined with others.
#pragma once

/// A message, or one of its deliveries: rule 11 asks for the recipient where there are several.
#define MESSAGE "<message:name> [for (<each=each> | <recipient:address>)]"
#define TRANSPORT "[over <transport:tls|plain>]"
/// When: without it, until nothing is pending but retries.
#define WINDOW                                                          \
  "[within <to:duration> | between <from:duration> and <to:duration>] " \
  "[after <anchor:send|change|restart|admin>]"
/// The requirements that the statement decides.
#define SHOWS "[shows <requirement:requirement-id>...]"
