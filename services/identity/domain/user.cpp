// What must hold for a user and his password.
#include "identity/domain/user.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "identity/domain/words.hpp"

namespace trunkline::identity {
namespace {

constexpr size_t kShortest = 8;
constexpr size_t kLongest = 128;
constexpr size_t kMostBytes = 512;

// What passwords that everybody tries are made of; digits and signs around it do not make it better.
constexpr std::array<std::string_view, 40> kCommon{
    "password", "passw0rd",   "passwd",   "admin",     "administrator", "root",   "welcome",  "letmein",
    "qwerty",   "qwertyuiop", "asdfgh",   "asdfghjkl", "zxcvbnm",       "zxcvbn", "qazwsx",   "abc",
    "abcd",     "abcdef",     "abcdefg",  "abcdefgh",  "iloveyou",      "woaini", "monkey",   "dragon",
    "football", "master",     "login",    "secret",    "test",          "guest",  "user",     "changeme",
    "default",  "hello",      "sunshine", "princess",  "trunkline",     "system", "operator", "a"};

size_t Characters(const std::string& text) {
    return static_cast<size_t>(
        std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xc0) != 0x80; }));
}

bool IsLetter(unsigned char c) { return c >= 128 || std::isalpha(c) != 0; }

// Without the digits and signs at both ends, in lower case.
std::string Core(const std::string& password) {
    const auto first = std::find_if(password.begin(), password.end(), IsLetter);
    const auto last = std::find_if(password.rbegin(), std::make_reverse_iterator(first), IsLetter).base();
    return Lower(std::string(first, last));
}

// One character again and again, or a run up or down such as 12345678.
bool IsRun(const std::string& password) {
    bool same = true;
    bool up = true;
    bool down = true;
    for (size_t i = 1; i < password.size(); ++i) {
        const int step = password[i] - password[i - 1];
        same = same && step == 0;
        up = up && (step == 1 || (password[i - 1] == '9' && password[i] == '0'));
        down = down && (step == -1 || (password[i - 1] == '0' && password[i] == '9'));
    }
    return same || up || down;
}

bool IsRepeated(const std::string& password) {
    for (size_t part = 1; part <= 4; ++part) {
        bool repeated = true;
        for (size_t i = part; i < password.size() && repeated; ++i) {
            repeated = password[i] == password[i - part];
        }
        if (repeated) {
            return true;
        }
    }
    return false;
}

}  // namespace

Status CheckUser(const User& user, const Organisation& organisation) {
    if (Status sound = CheckWord("user.login_name", user.login_name); !sound.ok()) {
        return sound;
    }
    for (const auto& [field, text] : {std::pair{"user.name", &user.name}, {"user.language", &user.language}}) {
        if (Status sound = CheckText(field, *text); !sound.ok()) {
            return sound;
        }
    }
    if (!user.agent.empty()) {
        if (Status sound = CheckWord("user.agent_id", user.agent); !sound.ok()) {
            return sound;
        }
    }
    if (!user.unit.empty() && organisation.FindUnit(user.unit) == nullptr) {
        return Error{Code::kInvalidArgument, "UNIT_NOT_FOUND", "user.unit_id: there is no unit " + user.unit};
    }
    if (user.roles.size() > 50) {
        return Error{Code::kInvalidArgument, "BAD_FIELD", "user.roles: at most 50"};
    }
    return {};
}

Status CheckPassword(const std::string& password, const std::string& login_name) {
    const size_t characters = Characters(password);
    if (characters < kShortest) {
        return Error{Code::kInvalidArgument, "PASSWORD_TOO_SHORT", "a password has at least 8 characters, better 15"};
    }
    if (characters > kLongest || password.size() > kMostBytes) {
        return Error{Code::kInvalidArgument, "PASSWORD_TOO_LONG", "a password has at most 128 characters"};
    }
    const std::string core = Core(password);
    const std::string name = Lower(login_name);
    const bool common =
        core.empty() ? characters < 12 : std::find(kCommon.begin(), kCommon.end(), core) != kCommon.end();
    if (common || IsRun(password) || IsRepeated(password) || Lower(password) == name ||
        (!core.empty() && core == Core(name))) {
        return Error{Code::kInvalidArgument, "PASSWORD_TOO_COMMON",
                     "this password is among the first that anybody tries; a few words in a row are better"};
    }
    return {};
}

}  // namespace trunkline::identity
