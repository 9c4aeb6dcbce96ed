#include "sim/adapters/sealgate/broken_administration.hpp"

namespace sealcheck::adapters {

namespace json = boost::json;

namespace {

void replace_in_edits(json::object& arguments, std::string_view what, std::string_view by) {
  for (auto& [name, value] : arguments) {
    if (!name.starts_with("edit-")) continue;
    std::string edit(value.as_string());
    const auto at = edit.find(what);
    if (at != edit.npos) value = edit.replace(at, what.size(), by);
  }
}

}  // namespace

// GEN-02: what it does not know is as good as none.
void take_any_method(std::string&, json::object& arguments) {
  replace_in_edits(arguments, "carrier-pigeon", "none");
}

// TPA-16 to TPA-18: what is missing in a header is made up.
void take_any_header(std::string&, json::object& arguments) {
  replace_in_edits(arguments, "\"X-Nothing\"", "\"X-Nothing:yes\"");
}

// RUL-20: another choice from the list does not give up the first.
void keep_the_other_method(std::string&, json::object& arguments) {
  replace_in_edits(arguments, "other-method hybrid", "other-method third-party");
}

// GEN-03: an older version is as good as the first that encrypts.
void encrypt_in_any_version(std::string&, json::object& arguments) {
  replace_in_edits(arguments, "version 7.5.3", "version 7.6.0");
}

// An entry counts although nobody pressed Add.
void add_what_was_typed(std::string&, json::object& arguments) {
  for (auto& [name, value] : arguments)
    if (name.starts_with("edit-") && value.as_string().starts_with("type "))
      value = "set " + std::string(value.as_string().subview(5));
}

void apply_on_cancel(std::string& operation, json::object& arguments) {
  if (operation == "page") arguments["button"] = "ok";
}

void import_after_a_no(std::string& operation, json::object& arguments) {
  if (operation == "import-certificate") arguments["answer"] = "yes";
}

// Changes of the settings are accepted and have no effect.
void keep_first_settings(std::string& operation, json::object& arguments) {
  if (operation != "apply") return;
  operation = "read-page";
  arguments["page"] = "Encryption";
}

// Says that it has imported.
void keep_the_old_certificate(std::string& operation, json::object&) {
  if (operation == "import-certificate") operation = "view-certificate";
}

// The page's field has room for 100 characters and says nothing of the others.
void take_long_passwords(std::string& operation, json::object& arguments) {
  if (operation != "import-certificate") return;
  arguments["password"] = arguments["password"].as_string().subview(0, 100);
}

}  // namespace sealcheck::adapters
