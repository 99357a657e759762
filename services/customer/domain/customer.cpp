// Limits and the union of two records.
#include "customer/domain/customer.hpp"

#include <algorithm>

namespace trunkline::customer {
namespace {

constexpr size_t kShort = 100;
constexpr size_t kLong = 4000;
constexpr size_t kMany = 50;
constexpr int kHighestVip = 9;
constexpr size_t kShortestAddress = 9;  // three Chinese characters

Error Invalid(const std::string& reason, const std::string& message) {
    return {Code::kInvalidArgument, reason, message};
}

Error TooLong(const std::string& field, size_t limit) {
    return Invalid("FIELD_TOO_LONG", field + " is longer than " + std::to_string(limit) + " bytes");
}

Status CheckLists(const Profile& profile) {
    const std::pair<const char*, size_t> sizes[] = {{"tags", profile.tags.size()},
                                                    {"addresses", profile.addresses.size()},
                                                    {"preferences", profile.preferences.size()},
                                                    {"consents", profile.consents.size()}};
    for (const auto& [field, size] : sizes) {
        if (size > kMany) {
            return Invalid("TOO_MANY", std::string(field) + " has more than " + std::to_string(kMany) + " entries");
        }
    }
    for (const std::string& tag : profile.tags) {
        if (tag.empty() || tag.size() > kShort) {
            return Invalid("BAD_TAG", "a tag must have 1 to " + std::to_string(kShort) + " bytes");
        }
    }
    for (const Address& address : profile.addresses) {
        if (address.text.size() > kLong || address.label.size() > kShort || address.postal_code.size() > kShort ||
            address.reference.size() > kShort) {
            return TooLong("an address", kLong);
        }
    }
    for (const auto& [key, value] : profile.preferences) {
        if (key.empty() || key.size() > kShort || value.size() > kLong) {
            return TooLong("preferences." + key.substr(0, kShort), kLong);
        }
    }
    for (const Consent& consent : profile.consents) {
        if (consent.purpose.empty() || consent.purpose.size() > kShort || consent.proof.size() > kLong) {
            return Invalid("BAD_CONSENT", "a consent needs a purpose, and a proof of at most 4000 bytes");
        }
    }
    return {};
}

template <class T>
void Join(std::vector<T>& into, const std::vector<T>& from) {
    for (const T& item : from) {
        if (std::find(into.begin(), into.end(), item) == into.end()) {
            into.push_back(item);
        }
    }
}

void Fill(std::string& into, const std::string& from) {
    if (into.empty()) {
        into = from;
    }
}

}  // namespace

Status CheckProfile(const Profile& profile) {
    if (profile.name.find_first_not_of(" \t\r\n") == std::string::npos) {
        return Invalid("NAME_MISSING", "a customer needs a name");
    }
    const std::pair<const char*, const std::string*> shorts[] = {{"name", &profile.name},
                                                                 {"salutation", &profile.salutation},
                                                                 {"manager_agent_id", &profile.manager.str()},
                                                                 {"language", &profile.language}};
    for (const auto& [field, text] : shorts) {
        if (text->size() > kShort) {
            return TooLong(field, kShort);
        }
    }
    if (profile.note.size() > kLong) {
        return TooLong("note", kLong);
    }
    if (profile.vip_level < 0 || profile.vip_level > kHighestVip) {
        return Invalid("VIP_LEVEL_OUT_OF_RANGE", "vip_level must be 0 to 9, not " + std::to_string(profile.vip_level));
    }
    const bool plain = std::all_of(profile.language.begin(), profile.language.end(), [](unsigned char c) {
        return c == '-' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    });
    if (!plain) {
        return Invalid("BAD_LANGUAGE", "language must be a BCP 47 tag such as zh or en");
    }
    return CheckLists(profile);
}

std::vector<std::string> ChangedFields(const Profile& before, const Profile& after) {
    const std::pair<const char*, bool> fields[] = {
        {"name", before.name != after.name},
        {"salutation", before.salutation != after.salutation},
        {"kind", before.kind != after.kind},
        {"vip_level", before.vip_level != after.vip_level},
        {"manager_agent_id", before.manager != after.manager},
        {"language", before.language != after.language},
        {"tags", before.tags != after.tags},
        {"addresses", before.addresses != after.addresses},
        {"preferences", before.preferences != after.preferences},
        {"consents", before.consents != after.consents},
        {"note", before.note != after.note},
        {"do_not_contact", before.do_not_contact != after.do_not_contact},
    };
    std::vector<std::string> changed;
    for (const auto& [name, differs] : fields) {
        if (differs) {
            changed.emplace_back(name);
        }
    }
    return changed;
}

std::string AddressKey(const Profile& profile) {
    if (profile.addresses.empty()) {
        return "";
    }
    std::string key;
    for (const char c : profile.addresses.front().text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) {
            key += c;
        } else if (c >= 'A' && c <= 'Z') {
            key += static_cast<char>(c - 'A' + 'a');
        }
    }
    return key.size() < kShortestAddress ? "" : key.substr(0, 200);
}

void Absorb(Profile& keep, const Profile& gone) {
    Fill(keep.salutation, gone.salutation);
    Fill(keep.language, gone.language);
    Fill(keep.note, gone.note);
    if (keep.manager.empty()) {
        keep.manager = gone.manager;
    }
    keep.vip_level = std::max(keep.vip_level, gone.vip_level);
    keep.do_not_contact = keep.do_not_contact || gone.do_not_contact;
    Join(keep.tags, gone.tags);
    Join(keep.addresses, gone.addresses);
    Join(keep.consents, gone.consents);
    keep.preferences.insert(gone.preferences.begin(), gone.preferences.end());
}

}  // namespace trunkline::customer
