// Reading facts from now on, without a database: for screens, which show what happens and reload when they missed
// something. Whoever must act on every fact uses a Subscriber.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bus/subscriber.hpp"
#include "metrics/metrics.hpp"
#include "rpc/rpc.hpp"
#include "service/host.hpp"

namespace trunkline::bus {

struct TailConfig {
    std::vector<Source> sources;
    rpc::TlsFiles tls;
    uint64_t longest_gap = 5'000;  // a longer one is not read again but told
};

// Called on the tail's thread; must not block.
struct TailHandlers {
    std::function<void(const Received&)> event;      // in the order of its source, each once
    std::function<void(const std::string&)> missed;  // events of this source are missing for good
    std::function<void(const std::string&)> heard;   // this source lives and nothing of it is missing
};

// One thread. Heals lost messages through Replay; begins at the present end of every source.
class Tail final : public service::Component {
 public:
    Tail(TailConfig config, TailHandlers handlers);
    ~Tail() override;

    void Start() override;
    void Stop() override;

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace trunkline::bus
