// Names of SIP servers to addresses. Only A and AAAA records are asked for; SRV and NAPTR (RFC 3263) are not.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "result/result.hpp"
#include "sip/address.hpp"
#include "sip/reactor.hpp"

namespace trunkline::sip {

class Resolver {
 public:
    using Done = std::function<void(Result<SocketAddress>)>;
    virtual ~Resolver() = default;
    // Calls `done` on the SIP thread, inside this call when `host` is numeric or known. NOT_FOUND/HOST_UNKNOWN names
    // the host.
    virtual void Resolve(const std::string& host, uint16_t port, Done done) = 0;
};

// Numbers only; for tests and for trunks given by address.
class NumericResolver final : public Resolver {
 public:
    void Resolve(const std::string& host, uint16_t port, Done done) override;
};

// The system's resolver on a thread of its own, with answers kept for 60 s.
class SystemResolver final : public Resolver {
 public:
    explicit SystemResolver(Reactor& reactor);
    ~SystemResolver() override;
    void Resolve(const std::string& host, uint16_t port, Done done) override;

 private:
    struct Worker;
    std::shared_ptr<Worker> worker_;  // shared with answers that are under way when this object goes
};

}  // namespace trunkline::sip
