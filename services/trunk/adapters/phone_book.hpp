// Where phones are: their registrations (RFC 3261 section 10.3) and the static ones of the directory.
#pragma once
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sip/registrar.hpp"
#include "trunk/domain/directory.hpp"

namespace trunkline::trunk {

// How to reach a phone.
struct PhoneRoute {
    sip::Uri target;
    std::optional<sip::Hop> next_hop;  // where its REGISTER came from
};

// On the SIP thread.
class PhoneBook {
 public:
    // Told when a phone begins or ceases to be reachable. `reason`: EXPIRED or REMOVED, empty when it came.
    using Changed = std::function<void(const std::string& phone, bool registered, const std::string& contact,
                                       const std::string& reason)>;

    PhoneBook(const Directory& directory, sip::RegistrarSettings settings);
    void OnChange(Changed changed) { changed_ = std::move(changed); }

    // A REGISTER whose sender proved to be `phone`.
    sip::RegistrarReply Register(const std::string& phone, const sip::Message& request, const sip::Peer& source,
                                 SteadyTime now);
    // A page in a browser has the phone, or has it no more.
    void SetBrowser(const std::string& phone, bool present);
    // Where it is by SIP. PHONE_NOT_REGISTERED.
    Result<PhoneRoute> Route(const std::string& phone, SteadyTime now) const;
    bool IsReachable(const std::string& phone) const;
    // Names of all phones that can be reached now.
    std::vector<std::string> Reachable() const;
    std::vector<sip::Binding> Bindings(const std::string& phone, SteadyTime now) const;
    size_t registered() const { return registered_.size() + browsers_.size(); }
    void Expire(SteadyTime now) { registrar_.Expire(now); }

 private:
    void OnBindings(const std::string& address_of_record, const std::vector<sip::Binding>& bindings);

    const Directory& directory_;
    sip::Registrar registrar_;
    std::set<std::string> registered_;
    std::set<std::string> browsers_;
    std::set<std::string> removing_;  // phones whose REGISTER is being handled
    Changed changed_;
};

}  // namespace trunkline::trunk
