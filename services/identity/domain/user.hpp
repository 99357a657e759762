// A user, and what must hold for one.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "clock/clock.hpp"
#include "identity/domain/rights.hpp"
#include "result/result.hpp"

namespace trunkline::identity {

struct User {
    std::string id;
    std::string login_name;  // lower case
    std::string name;
    std::string agent;  // empty: none
    std::string unit;   // empty: the whole organisation
    std::string language = "zh-CN";
    bool disabled = false;
    std::vector<Assignment> roles;
    TimePoint created{};
    std::optional<TimePoint> last_log_in;
    uint64_t revision = 0;

    // What only identity itself knows.
    std::string password_hash;
    bool must_change_password = false;
    std::string totp_secret;   // empty: no code generator
    std::string totp_offered;  // shown, not confirmed yet
    int64_t totp_step = 0;     // the last one used, so that a code holds once
};

// The fields that people give. kInvalidArgument names the field.
Status CheckUser(const User& user, const Organisation& organisation);

// 8 to 128 characters, not one that everybody tries, not the login name. No rules of composition (NIST SP
// 800-63B 5.1.1).
Status CheckPassword(const std::string& password, const std::string& login_name);

}  // namespace trunkline::identity
