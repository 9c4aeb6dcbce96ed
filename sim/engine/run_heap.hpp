// The heap of the engine's processes, in place of the C library's: malloc() and its family for the
// whole executable, OpenSSL and SQLite included.
//
// A run is played in a child that was forked from a warm engine. With an ordinary heap the child
// takes up chunks that the engine has freed, all over the engine's pages, and the kernel copies
// each page on its first write: that costs more than many a scenario. Here a child begins a heap of
// its own, in pages that come all at once, and what it frees of the engine's it leaves alone.
//
// Sizes go into classes with a list of free chunks each; chunks are not joined again, which a
// process that plays one scenario does not miss. With SEALCHECK_PERTURB=N in the environment,
// memory is filled with the byte N before it is handed out: what reads it unwritten then shows in
// the trace's hash. Sanitizers bring a heap of their own, and keep it.
#pragma once

namespace sealcheck::engine {

/// In a forked child, before it plays its run.
void begin_run_heap();

}  // namespace sealcheck::engine
