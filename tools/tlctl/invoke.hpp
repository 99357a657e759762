// Calls any unary method of the suite by name, with JSON in and out.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "result/result.hpp"
#include "rpc/rpc.hpp"

namespace trunkline::tlctl {

// Addresses and credentials of the suite's services.
class Suite {
 public:
    // `peers`: service word to host:port.
    Suite(std::map<std::string, std::string> peers, rpc::TlsFiles tls) : peers_(std::move(peers)), tls_(tls) {}

    // kNotFound when the configuration does not name the service. Channels are kept.
    Result<std::shared_ptr<grpc::Channel>> Channel(const std::string& service);
    // `method` is "trunkline.acd.v1.Agents/LogInAgent"; `request` its message as JSON (field names as in the proto).
    Result<std::string> Invoke(const std::string& service, const std::string& method, const std::string& request);
    // grpc.health.v1: empty when serving.
    Status Health(const std::string& service);
    const std::map<std::string, std::string>& peers() const { return peers_; }

 private:
    std::map<std::string, std::string> peers_;
    rpc::TlsFiles tls_;
    std::map<std::string, std::shared_ptr<grpc::Channel>> channels_;
};

// Whether the method's request has a field request_id.
bool TakesRequestId(const std::string& method);

}  // namespace trunkline::tlctl
