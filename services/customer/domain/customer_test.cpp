// What a record may hold, and what two make together.
#include "customer/domain/customer.hpp"

#include <catch2/catch.hpp>

namespace trunkline::customer {
namespace {

Profile Named(const std::string& name) {
    Profile profile;
    profile.name = name;
    return profile;
}

std::string ReasonFor(const Profile& profile) {
    const Status checked = CheckProfile(profile);
    return checked.ok() ? "" : checked.error().reason;
}

TEST_CASE("customer: a record is refused for what it must not hold, by name", "[customer]") {
    CHECK(ReasonFor(Named("张伟")).empty());
    CHECK(ReasonFor(Named("  ")) == "NAME_MISSING");
    CHECK(ReasonFor(Named(std::string(101, 'x'))) == "FIELD_TOO_LONG");
    Profile vip = Named("张伟");
    vip.vip_level = 10;
    CHECK(ReasonFor(vip) == "VIP_LEVEL_OUT_OF_RANGE");
    Profile tagged = Named("张伟");
    tagged.tags.assign(51, "t");
    CHECK(ReasonFor(tagged) == "TOO_MANY");
    tagged.tags = {""};
    CHECK(ReasonFor(tagged) == "BAD_TAG");
    Profile speaking = Named("张伟");
    speaking.language = "zh;drop";
    CHECK(ReasonFor(speaking) == "BAD_LANGUAGE");
}

TEST_CASE("customer: a change is told by the names of its fields", "[customer]") {
    Profile after = Named("张伟");
    after.vip_level = 3;
    after.tags = {"学生"};
    CHECK(ChangedFields(Named("张伟"), after) == std::vector<std::string>{"vip_level", "tags"});
    CHECK(ChangedFields(after, after).empty());
}

TEST_CASE("customer: an address is compared without blanks and signs", "[customer]") {
    Profile one = Named("a"), other = Named("b");
    one.addresses = {{"home", "人民路 12号, Room 3A", "", ""}};
    other.addresses = {{"", "人民路12号room-3a", "", ""}};
    CHECK(AddressKey(one) == AddressKey(other));
    one.addresses = {{"home", "12", "", ""}};
    CHECK(AddressKey(one).empty());
    CHECK(AddressKey(Named("a")).empty());
}

TEST_CASE("customer: a merged record fills what is empty and overwrites nothing", "[customer]") {
    Profile keep = Named("张伟"), gone = Named("张先生");
    keep.language = "zh";
    keep.tags = {"学生"};
    gone.language = "en";
    gone.salutation = "先生";
    gone.tags = {"学生", "月票"};
    gone.vip_level = 2;
    gone.do_not_contact = true;
    gone.manager = AgentId{"1001"};
    Absorb(keep, gone);
    CHECK(keep.name == "张伟");
    CHECK(keep.language == "zh");
    CHECK(keep.salutation == "先生");
    CHECK(keep.tags == std::vector<std::string>{"学生", "月票"});
    CHECK(keep.vip_level == 2);
    CHECK(keep.manager == AgentId{"1001"});
    CHECK(keep.do_not_contact);
}

}  // namespace
}  // namespace trunkline::customer
