// The console's pages: which settings stand on which, under the document's names.
//
// Nothing is listed twice: a page is whatever declarations of the settings name it as their
// console page, so a new setting is on its page by being declared. "Settings > Inbound/Outbound >
// Encryption" is the page "Encryption".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reference/syntax/tree.hpp"
#include "reference/syntax/vocabulary.hpp"

namespace sealgate::admin {

struct Page {
  std::string name;  ///< the last part of the path, unique among the pages
  std::string path;  ///< "Settings > Inbound/Outbound > Encryption"
};

/// In the order of the declarations.
std::vector<Page> pages(const syntax::Vocabulary& vocabulary);

/// By name or by path, letter case aside. Null when there is none.
const Page* find_page(const std::vector<Page>& pages, std::string_view wanted);

/// The settings of that page, of the section "gateway" and the blocks in it, in canonical layout:
/// what a person sees who opens it. Statements of other pages are left out, blocks with nothing of
/// the page in them too.
std::string shown_on(const Page& page, const syntax::Vocabulary& vocabulary,
                     const syntax::Tree& settings);

/// True when a statement of the section "gateway", and everything in its block, stands on the page.
bool stands_on(const Page& page, const syntax::Vocabulary& vocabulary,
               const syntax::Statement& statement);

}  // namespace sealgate::admin
