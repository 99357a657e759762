// Look-ups and checks of the directory.
#include "trunk/domain/directory.hpp"

#include <algorithm>

namespace trunkline::trunk {
namespace {

template <class Map>
Status Erase(Map& map, const std::string& name, const std::string& what) {
    if (map.erase(name) == 0) {
        return Error{Code::kNotFound, "NOT_FOUND", "there is no " + what + " " + name};
    }
    return {};
}

template <class Map>
const typename Map::mapped_type* Find(const Map& map, const std::string& name) {
    const auto found = map.find(name);
    return found == map.end() ? nullptr : &found->second;
}

Error Invalid(const std::string& message) { return {Code::kInvalidArgument, "INVALID", message}; }

// Names go into SIP URIs, logs and metrics; plain characters keep all of them simple.
bool IsPlain(const std::string& text) {
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.+*";
    return !text.empty() && text.size() <= 64 && text.find_first_not_of(kAllowed) == std::string::npos;
}

}  // namespace

void Directory::Put(Phone phone) { phones_[phone.name] = std::move(phone); }
void Directory::Put(CarrierTrunk trunk) { trunks_[trunk.name] = std::move(trunk); }
void Directory::Put(Number number) { numbers_[number.number] = std::move(number); }
void Directory::Put(TrunkGroup group) { groups_[group.name] = std::move(group); }

Status Directory::DeletePhone(const std::string& name) { return Erase(phones_, name, "phone"); }
Status Directory::DeleteTrunk(const std::string& name) {
    resolved_.erase(name);
    return Erase(trunks_, name, "trunk");
}
Status Directory::DeleteNumber(const std::string& number) { return Erase(numbers_, number, "number"); }
Status Directory::DeleteGroup(const std::string& name) { return Erase(groups_, name, "trunk group"); }

const Phone* Directory::FindPhone(const std::string& name) const { return Find(phones_, name); }
const CarrierTrunk* Directory::FindTrunk(const std::string& name) const { return Find(trunks_, name); }
const Number* Directory::FindNumber(const std::string& number) const { return Find(numbers_, number); }
const TrunkGroup* Directory::FindGroup(const std::string& name) const { return Find(groups_, name); }

bool Directory::Owns(const CarrierTrunk& trunk, std::string_view address) const {
    const auto has = [&](const std::vector<std::string>& list) {
        return std::find(list.begin(), list.end(), address) != list.end();
    };
    const auto resolved = resolved_.find(trunk.name);
    return trunk.host == address || has(trunk.source_addresses) ||
           (resolved != resolved_.end() && has(resolved->second));
}

const CarrierTrunk* Directory::TrunkOf(std::string_view address, uint16_t port) const {
    const CarrierTrunk* found = nullptr;
    for (const auto& [name, trunk] : trunks_) {
        if (!Owns(trunk, address)) {
            continue;
        }
        if (trunk.port == port) {
            return &trunk;
        }
        if (found == nullptr) {
            found = &trunk;
        }
    }
    return found;
}

void Directory::SetResolved(const std::string& trunk, std::vector<std::string> addresses) {
    resolved_[trunk] = std::move(addresses);
}

Status Check(const Phone& phone) {
    if (!IsPlain(phone.name)) {
        return Invalid("phone.name has 1 to 64 letters, digits or - _ . + *");
    }
    return {};
}

Status Check(const CarrierTrunk& trunk) {
    if (!IsPlain(trunk.name)) {
        return Invalid("trunk.name has 1 to 64 letters, digits or - _ . + *");
    }
    if (trunk.host.empty()) {
        return Invalid("trunk.host is the carrier's host or address");
    }
    if (trunk.transport != "udp" && trunk.transport != "tcp" && trunk.transport != "tls") {
        return Invalid("trunk.transport is udp, tcp or tls");
    }
    if ((trunk.registers || trunk.challenge_inbound) && (trunk.username.empty() || trunk.password.empty())) {
        return Invalid("a trunk that registers or is challenged needs username and password");
    }
    return Check(trunk.line);
}

Status Check(const Number& number) {
    if (!IsPlain(number.number)) {
        return Invalid("number.number has 1 to 64 digits, letters or - _ . + *");
    }
    if (number.application.empty()) {
        return Invalid("number.application names who serves the number, such as ivr");
    }
    return {};
}

}  // namespace trunkline::trunk
