// What is taken as a password and as a user.
#include "identity/domain/user.hpp"

#include <catch2/catch.hpp>

namespace trunkline::identity {
namespace {

std::string Reason(const std::string& password, const std::string& login_name = "li.na") {
    const Status status = CheckPassword(password, login_name);
    return status.ok() ? "" : status.error().reason;
}

TEST_CASE("password: length is counted in characters, not in bytes") {
    CHECK(Reason("zebra7k") == "PASSWORD_TOO_SHORT");
    CHECK(Reason("zebra7kq").empty());
    CHECK(Reason("热线接听很愉快吗").empty());
    CHECK(Reason("热线接听") == "PASSWORD_TOO_SHORT");
    CHECK(Reason(std::string(60, 'a') + "bcd" + std::string(65, 'e')).empty());
    CHECK(Reason("x" + std::string(128, 'y')) == "PASSWORD_TOO_LONG");
}

TEST_CASE("password: what everybody tries first is refused, also dressed up") {
    for (const char* common : {"password", "Password1!", "12345678", "87654321", "1234567890", "aaaaaaaa", "abcabcabc",
                               "admin123", "qwertyuiop", "13800138000", "woaini1314", "Trunkline2026"}) {
        INFO(common);
        CHECK(Reason(common) == "PASSWORD_TOO_COMMON");
    }
}

TEST_CASE("password: the login name is not one") {
    CHECK(Reason("wangwei1", "wangwei") == "PASSWORD_TOO_COMMON");
    CHECK(Reason("WangWei2026", "wangwei") == "PASSWORD_TOO_COMMON");
    CHECK(Reason("wangwei-likes-tea", "wangwei").empty());
}

TEST_CASE("password: no mixture of kinds of letters is asked for") {
    CHECK(Reason("correct horse battery").empty());
    CHECK(Reason("demo-desk-1001", "1001").empty());
}

TEST_CASE("user: the field that is wrong is named") {
    const Organisation organisation{{{"east", "East", ""}}, {}};
    User user;
    user.login_name = "li.na";
    user.unit = "east";
    CHECK(CheckUser(user, organisation).ok());
    user.unit = "north";
    CHECK(CheckUser(user, organisation).error().message.starts_with("user.unit_id"));
    user.unit.clear();
    user.agent = "10 01";
    CHECK(CheckUser(user, organisation).error().message.starts_with("user.agent_id"));
    user.agent.clear();
    user.name = "a\nb";
    CHECK(CheckUser(user, organisation).error().message.starts_with("user.name"));
    user.login_name = "李娜";
    CHECK(CheckUser(user, organisation).error().message.starts_with("user.login_name"));
}

}  // namespace
}  // namespace trunkline::identity
