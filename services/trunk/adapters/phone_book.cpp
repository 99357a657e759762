// Registrations by phone name.
#include "trunk/adapters/phone_book.hpp"

namespace trunkline::trunk {
namespace {

const std::string kHost = "phones";

std::string PhoneOf(const std::string& address_of_record) {
    return address_of_record.substr(0, address_of_record.find('@'));
}

}  // namespace

PhoneBook::PhoneBook(const Directory& directory, sip::RegistrarSettings settings)
    : directory_(directory), registrar_(settings, [this](const std::string& address, const auto& bindings) {
          OnBindings(address, bindings);
      }) {}

sip::RegistrarReply PhoneBook::Register(const std::string& phone, const sip::Message& request, const sip::Peer& source,
                                        SteadyTime now) {
    // A phone may know this host by several names; it is one phone.
    sip::Message canonical = request;
    canonical.Set("To", "<sip:" + phone + "@" + kHost + ">");
    removing_.insert(phone);
    auto reply = registrar_.Register(canonical, source, now);
    removing_.erase(phone);
    return reply;
}

void PhoneBook::OnBindings(const std::string& address_of_record, const std::vector<sip::Binding>& bindings) {
    const std::string phone = PhoneOf(address_of_record);
    const bool was_registered = registered_.contains(phone);
    if (bindings.empty()) {
        registered_.erase(phone);
        if (was_registered && changed_ && !browsers_.contains(phone)) {
            changed_(phone, false, "", removing_.contains(phone) ? "REMOVED" : "EXPIRED");
        }
        return;
    }
    registered_.insert(phone);
    if (!was_registered && changed_ && !browsers_.contains(phone)) {
        changed_(phone, true, bindings.front().contact.uri.ToString(), "");
    }
}

void PhoneBook::SetBrowser(const std::string& phone, bool present) {
    if (present) {
        browsers_.insert(phone);
    } else {
        browsers_.erase(phone);
    }
    if (changed_ && !registered_.contains(phone)) {
        changed_(phone, present, present ? "browser" : "", present ? "" : "EXPIRED");
    }
}

std::vector<sip::Binding> PhoneBook::Bindings(const std::string& phone, SteadyTime now) const {
    return registrar_.Lookup(phone + "@" + kHost, now);
}

Result<PhoneRoute> PhoneBook::Route(const std::string& phone, SteadyTime now) const {
    const Phone* known = directory_.FindPhone(phone);
    if (known == nullptr) {
        return Error{Code::kNotFound, "PHONE_NOT_REGISTERED", "there is no phone " + phone};
    }
    if (!known->static_contact.empty()) {
        const auto target = sip::ParseUri(known->static_contact);
        if (!target.ok()) {
            return target.error();
        }
        return PhoneRoute{*target, std::nullopt};
    }
    const auto bindings = Bindings(phone, now);
    if (bindings.empty()) {
        return Error{Code::kUnavailable, "PHONE_NOT_REGISTERED", "phone " + phone + " is not registered"};
    }
    const sip::Binding& latest = bindings.front();
    const sip::SocketAddress& source = latest.source.address;
    return PhoneRoute{latest.contact.uri, sip::Hop{latest.source.protocol, source.HostText(), source.port()}};
}

bool PhoneBook::IsReachable(const std::string& phone) const {
    const Phone* known = directory_.FindPhone(phone);
    return known != nullptr &&
           (!known->static_contact.empty() || registered_.contains(phone) || browsers_.contains(phone));
}

std::vector<std::string> PhoneBook::Reachable() const {
    std::vector<std::string> names;
    for (const auto& [name, phone] : directory_.phones()) {
        if (IsReachable(name)) {
            names.push_back(name);
        }
    }
    return names;
}

}  // namespace trunkline::trunk
