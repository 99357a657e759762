// The relay: publishes what the outbox holds over ZeroMQ PUB and answers Replay. PostgreSQL is the truth, ZeroMQ the
// doorbell: nothing is lost when a message of it is.
#pragma once
#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "bus/outbox.hpp"
#include "db/pool.hpp"
#include "metrics/metrics.hpp"
#include "service/host.hpp"

namespace trunkline::bus {

struct PublisherConfig {
    std::string source;                   // the service's word
    std::string listen;                   // tcp://host:port, port 0 chooses one
    std::chrono::milliseconds poll{200};  // looks for new events this often while nobody rings or hands over any
    std::chrono::hours keep{24 * 7};      // events older than this are deleted
    bool awaits_tables = false;           // the outbox is not there before TablesAreThere
};

class Publisher final : public service::Component {
 public:
    Publisher(db::Pool& pool, metrics::Registry& registry, PublisherConfig config);
    ~Publisher() override;

    // Something was committed: look now. Safe from any thread, never blocks.
    void Ring();
    // This was committed: publish it without reading it back, unless others committed in between.
    void Publish(Committed stored);
    // trunkline.bus.v1.EventLog, to be given to Host::Serve.
    grpc::Service& event_log();
    // For a service that starts without its database: from now on there is an outbox to read. Safe from any thread.
    void TablesAreThere();
    // The bound address once started.
    std::string address() const;

    void Start() override;  // throws when the address is in use, naming it
    void Stop() override;

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace trunkline::bus
