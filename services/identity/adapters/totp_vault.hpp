// Keys of code generators as they lie in the database: sealed, each to its user, so that a stolen copy of the database
// makes no codes.
#pragma once
#include <array>
#include <string>

namespace trunkline::identity {

class TotpVault {
 public:
    // From the text of `path`; a file that is not there is made, readable by the owner only. Throws std::runtime_error.
    static TotpVault FromFile(const std::string& path);
    explicit TotpVault(const std::string& key_text);

    // "" stays "".
    std::string Seal(const std::string& plain, const std::string& user_id) const;
    // What was stored before keys were sealed comes back as it is. Throws std::runtime_error when it was sealed with
    // another key or for another user.
    std::string Open(const std::string& stored, const std::string& user_id) const;

 private:
    std::array<unsigned char, 32> key_{};
};

}  // namespace trunkline::identity
