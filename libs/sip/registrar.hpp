// Who is where (RFC 3261 section 10.3): the bindings of each address of record, in memory, with minimum and maximum
// expiry. Authentication is the caller's task before it hands a REGISTER in.
#pragma once
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "clock/clock.hpp"
#include "sip/address.hpp"
#include "sip/message.hpp"

namespace trunkline::sip {

struct Binding {
    NameAddr contact;
    std::string call_id;
    uint32_t sequence = 0;
    SteadyTime expires_at;
    Peer source;  // where its REGISTER came from: the way back through NAT
};

struct RegistrarSettings {
    Duration default_expires = std::chrono::seconds(3600);
    Duration min_expires = std::chrono::seconds(60);  // smaller (but not 0) is refused with 423
    Duration max_expires = std::chrono::seconds(7200);
    size_t max_bindings = 10;  // of one address of record; more are refused with 403
};

// What to send back: status, reason and headers for UserAgent::Respond.
struct RegistrarReply {
    int status = 200;
    std::string reason = "OK";
    std::vector<Header> headers;
};

// Pure state: single-threaded, `now` is an argument.
class Registrar {
 public:
    // Told after each change: the address of record ("user@host", host in lower case) and its live bindings.
    using Changed = std::function<void(const std::string& address_of_record, const std::vector<Binding>&)>;
    Registrar(RegistrarSettings settings, Changed changed);

    // Handles one REGISTER whose sender may register that address of record. All contacts take effect or none.
    RegistrarReply Register(const Message& request, const Peer& source, SteadyTime now);
    // Live bindings, the latest first.
    std::vector<Binding> Lookup(const std::string& address_of_record, SteadyTime now) const;
    // Forgets what has expired; call it every few seconds.
    void Expire(SteadyTime now);

    static std::string AddressOfRecord(const Uri& uri);

 private:
    RegistrarSettings settings_;
    Changed changed_;
    std::unordered_map<std::string, std::vector<Binding>> bindings_;
};

}  // namespace trunkline::sip
