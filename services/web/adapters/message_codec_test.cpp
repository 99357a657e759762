// The table of methods, messages in both codecs, errors as the protocol writes them; random bytes break nothing.
#include "web/adapters/message_codec.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <random>

#include "trunkline/identity/v1/identity.pb.h"
#include "web/adapters/method_table.hpp"

namespace trunkline::web {
namespace {

using Json = nlohmann::json;

const auto* kPutUser = identity::v1::PutUserRequest::descriptor();

std::string FieldOfFault(const std::string& json) {
    const auto decoded = Decode(kPutUser, Codec::kJson, json);
    REQUIRE_FALSE(decoded.ok());
    REQUIRE(decoded.error().code == Code::kInvalidArgument);
    return Json::parse(ErrorJson(decoded.error(), "trace")).at("details")[0].at("debug").at("field");
}

TEST_CASE("method table: what can be reached, and what cannot") {
    const MethodTable table({"identity", "web"});
    CHECK(table.Find("trunkline.identity.v1.Users/ListUsers")->rule.right == "identity.users.read");
    CHECK(table.Find("trunkline.web.v1.Live/Subscribe")->streams);
    CHECK(table.Find("trunkline.identity.v1.Sessions/OpenSession") == nullptr);
    CHECK(table.Find("trunkline.acd.v1.Agents/ListAgents") == nullptr);
    CHECK(table.Find("trunkline.bus.v1.EventLog/Replay") == nullptr);
    const MethodTable calls({"trunk", "acd"});
    for (const auto& [path, method] : calls.all()) {
        CHECK(path != "trunkline.trunk.v1.CallControl/Attach");
        CHECK(method.rule.Reachable());
    }
}

TEST_CASE("codec: JSON and binary carry the same message") {
    const auto decoded = Decode(kPutUser, Codec::kJson, R"({"user":{"loginName":"li","roles":[{"role_id":"agent"}]}})");
    REQUIRE(decoded.ok());
    const auto bytes = Encode(**decoded, Codec::kProto);
    const auto again = Decode(kPutUser, Codec::kProto, *bytes);
    CHECK(*Encode(**again, Codec::kJson) == R"({"user":{"loginName":"li","roles":[{"roleId":"agent"}]}})");
}

TEST_CASE("codec: the field that is wrong is named") {
    CHECK(FieldOfFault(R"({"user":{"revision":"x"}})") == "user.revision");
    CHECK(FieldOfFault(R"({"nope":1})") == "nope");
    CHECK(FieldOfFault("{").empty());
    CHECK(FieldOfFault("\xff\xfe").empty());
}

TEST_CASE("errors: code, message and reason are JSON whatever the message holds") {
    const Error error{Code::kNotFound, "USER_NOT_FOUND", "there is no \"user\"\n\x01 李娜"};
    const Json json = Json::parse(ErrorJson(error, "trace"));
    CHECK(json.at("code") == "not_found");
    CHECK(json.at("message") == error.message);
    CHECK(json.at("details")[0].at("type") == "trunkline.web.v1.Problem");
    CHECK(json.at("details")[0].at("debug").at("reason") == "USER_NOT_FOUND");
    const Json named = Json::parse(ErrorJson({Code::kInvalidArgument, "BAD_FIELD", "user.name: too long"}, ""));
    CHECK(named.at("details")[0].at("debug").at("field") == "user.name");
}

TEST_CASE("codec: random bytes and mutated JSON are refused or taken, and always answered with valid JSON") {
    std::mt19937 random(1);
    const std::string sound =
        R"({"user":{"loginName":"li","roles":[{"roleId":"agent"}],"revision":"5"},"password":"x"})";
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes = sound;
        for (uint32_t k = random() % 4 + 1; k > 0; --k) {
            bytes[random() % bytes.size()] = static_cast<char>(random());
        }
        for (const Codec codec : {Codec::kJson, Codec::kProto}) {
            const auto decoded = Decode(kPutUser, codec, bytes);
            if (!decoded.ok()) {
                REQUIRE(Json::accept(ErrorJson(decoded.error(), "trace")));
            } else {
                REQUIRE(Encode(**decoded, Codec::kJson).ok());
            }
        }
    }
}

}  // namespace
}  // namespace trunkline::web
