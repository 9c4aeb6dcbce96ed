// Consoles that do something else than their administrator asked for: for broken_gateways.cpp,
// which gives each its name. They change an operation (sim/engine/sut.hpp) before it is performed.
#pragma once

#include <boost/json/object.hpp>
#include <string>

namespace sealcheck::adapters {

void add_what_was_typed(std::string& operation, boost::json::object& arguments);
void apply_on_cancel(std::string& operation, boost::json::object& arguments);
void encrypt_in_any_version(std::string& operation, boost::json::object& arguments);
void import_after_a_no(std::string& operation, boost::json::object& arguments);
void keep_first_settings(std::string& operation, boost::json::object& arguments);
void keep_the_other_method(std::string& operation, boost::json::object& arguments);
void keep_the_old_certificate(std::string& operation, boost::json::object& arguments);
void take_any_method(std::string& operation, boost::json::object& arguments);
void take_any_header(std::string& operation, boost::json::object& arguments);
void take_long_passwords(std::string& operation, boost::json::object& arguments);

}  // namespace sealcheck::adapters
