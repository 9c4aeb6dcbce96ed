// What an encryption server does with the messages that it takes, until it is changed. Plain data;
// what the words mean is said in fakes/xheader.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sealcheck::plan {

struct EncryptionWork {
  struct Header {
    std::string name;
    std::string value;
  };
  struct Login {
    std::string user;  ///< empty: none is asked for
    std::string password;
  };

  Header trigger{"X-Encrypt", "yes"};
  Header success{"X-Encrypted", "yes"};
  Header failure{"X-Encrypted", "failed"};
  std::vector<std::string> certificates;  ///< of these recipients; in lower case
  std::vector<std::string> keys;          ///< by name, that open what comes in encrypted
  std::string decryption_header = "X-Decrypted";
  std::string decrypted = "yes";
  std::string not_decrypted = "failed";
  Login viewer;                        ///< what an HTML envelope asks for
  bool returns = true;                 ///< to the gateway; else it delivers itself
  std::string way = "tls-if-offered";  ///< on the way on; or tls, plain
  std::int64_t takes_ns = 0;
  std::string fault = "none";     ///< "wrong-name", …: fakes/xheader/seal_work.hpp
  bool seals_unanswered = false;  ///< mail too whose final dot it never answered
};

}  // namespace sealcheck::plan
