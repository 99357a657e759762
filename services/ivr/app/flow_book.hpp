// Every published version of every flow, in memory, so that no call waits for the database.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "ivr/app/ports.hpp"

namespace trunkline::ivr {

// Safe from any thread.
class FlowBook {
 public:
    struct Page {
        StoredFlow stored;
        std::shared_ptr<const Flow> flow;  // shared with the calls on it
    };

    // Puts a version in; when it is the current one, the others of its name cease to be.
    void Put(Page page);
    std::optional<Page> Current(const std::string& name) const;
    std::optional<Page> Find(const FlowVersion& version) const;
    // By name, then version.
    std::vector<StoredFlow> List() const;

 private:
    mutable std::mutex mutex_;
    std::map<FlowVersion, Page> pages_;
};

}  // namespace trunkline::ivr
