// What a customer's record is, what it may hold, and what two records make together.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "clock/clock.hpp"
#include "ids/ids.hpp"
#include "result/result.hpp"

namespace trunkline::customer {

using CustomerId = Id<struct CustomerTag>;

enum class CustomerKind { kPerson = 1, kOrganisation = 2 };

struct Address {
    std::string label;
    std::string text;
    std::string postal_code;
    std::string reference;
    bool operator==(const Address&) const = default;
};

struct Consent {
    std::string purpose;
    bool granted = false;
    TimePoint time{};
    std::string proof;
    bool operator==(const Consent&) const = default;
};

// A number as everybody may see it.
struct ShownNumber {
    std::string number_id;
    std::string masked;
    int kind = 0;  // phone::Kind
    std::string label;
    std::string region;
    bool mobile = false;
    bool primary = false;
};

// What people write into a record; numbers are kept apart.
struct Profile {
    std::string name;
    std::string salutation;
    CustomerKind kind = CustomerKind::kPerson;
    int vip_level = 0;
    AgentId manager;
    std::string language;
    std::vector<std::string> tags;
    std::vector<Address> addresses;
    std::map<std::string, std::string> preferences;
    std::vector<Consent> consents;
    std::string note;
    bool do_not_contact = false;
    bool operator==(const Profile&) const = default;
};

struct Customer {
    CustomerId id;
    Profile profile;
    std::vector<ShownNumber> numbers;
    TimePoint created{};
    TimePoint updated{};
    uint64_t revision = 0;
    CustomerId merged_into;              // empty: stands alone
    std::vector<CustomerId> merged_ids;  // records that are part of this one
};

// Error: NAME_MISSING, FIELD_TOO_LONG, VIP_LEVEL_OUT_OF_RANGE, TOO_MANY, BAD_LANGUAGE.
Status CheckProfile(const Profile& profile);

// The names of the fields that differ, for events: what changed, never how.
std::vector<std::string> ChangedFields(const Profile& before, const Profile& after);

// An address without blanks, signs and ASCII case, so that "人民路 12号" and "人民路12号" are one; empty when too short
// to mean anything.
std::string AddressKey(const Profile& profile);

// A record and one that was merged into it, shown as one: empty fields are filled, lists are joined, the higher VIP
// level and the stricter wish not to be contacted win.
void Absorb(Profile& keep, const Profile& gone);

}  // namespace trunkline::customer
