#include "sim/adapters/sealgate/broken_administration.hpp"

namespace sealcheck::adapters {

namespace json = boost::json;

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
