// Certificate files in the administrator's hand, and looks at the certificate that is presented.
#include <fmt/format.h>

#include <algorithm>

#include "reference/syntax/suggest.hpp"
#include "sim/plan/plan_builder.hpp"

namespace sealcheck::plan {

using syntax::Node;

namespace {

std::string password_in(const Node& node) {
  if (!node.has("password-length")) return node.text_or("password", "");
  return password_of(static_cast<std::size_t>(node.integer("password-length")));
}

}  // namespace

std::string password_of(std::size_t characters) {
  constexpr std::size_t most = 1000;
  return std::string(std::min(characters, most), 'a');
}

void PlanBuilder::add_key_file(const Node& node) {
  plan_.key_files.push_back({node.text("file"), password_in(node)});
}

void PlanBuilder::add_certificate_file(const Node& node) {
  const std::string& file = node.text("file");
  for (const CertificateFile& other : plan_.certificate_files)
    if (other.file == file)
      diagnostics_.error(node.span("file"), fmt::format("there is already a file '{}'", file),
                         "give each file a name of its own");
  plan_.certificate_files.push_back({file, node.text("name"), node.text_or("kind", "good"),
                                     node.text_or("content", "everything"), password_in(node),
                                     node.text_or("root", ""), node.text_or("claim", "")});
}

bool PlanBuilder::certificate_file_exists(const Node& node) {
  const std::string& file = node.text("file");
  std::vector<std::string> files;
  for (const CertificateFile& known : plan_.certificate_files) {
    if (known.file == file) return true;
    files.push_back(known.file);
  }
  const auto near = syntax::nearest(file, files);
  diagnostics_.error(
      node.span("file"), fmt::format("there is no certificate file '{}'", file),
      near.empty() ? fmt::format("declare it: certificate \"{}\" for {}", file, plan_.gateway.name)
                   : fmt::format("did you mean '{}'?", near));
  return false;
}

bool PlanBuilder::key_file_exists(const Node& request) {
  for (const Node& child : request.children()) {
    if (!child.is("request.key")) continue;
    const std::string& file = child.text("key");
    const auto& all = plan_.key_files;
    if (std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.file == file; }))
      continue;
    diagnostics_.error(child.span("key"), fmt::format("there is no key file '{}'", file),
                       fmt::format("declare it: key \"{}\" under password \"…\"", file));
    return false;
  }
  return true;
}

void PlanBuilder::add_look(const Node& node) {
  using Compared = LookAtCertificate::Compared;
  const std::string& word = node.text("change");
  LookAtCertificate look;
  look.origin = origin_for(std::string(looking_client));
  look.change = word == "a"         ? Compared::any
                : word == "another" ? Compared::another
                                    : Compared::same;
  look.subject = node.text_or("subject", "");
  look.issuer = node.text_or("issuer", "");
  push(std::move(look), node);
}

}  // namespace sealcheck::plan
