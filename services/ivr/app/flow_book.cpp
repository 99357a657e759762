// The versions in memory.
#include "ivr/app/flow_book.hpp"

namespace trunkline::ivr {

void FlowBook::Put(Page page) {
    const std::lock_guard lock(mutex_);
    const FlowVersion version = page.stored.version;
    if (page.stored.current) {
        for (auto& [other, entry] : pages_) {
            if (other.name == version.name) entry.stored.current = false;
        }
    }
    pages_[version] = std::move(page);
}

std::optional<FlowBook::Page> FlowBook::Current(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    for (auto entry = pages_.lower_bound({name, 0}); entry != pages_.end() && entry->first.name == name; ++entry) {
        if (entry->second.stored.current) return entry->second;
    }
    return std::nullopt;
}

std::optional<FlowBook::Page> FlowBook::Find(const FlowVersion& version) const {
    const std::lock_guard lock(mutex_);
    const auto found = pages_.find(version);
    return found == pages_.end() ? std::nullopt : std::optional<Page>(found->second);
}

std::vector<StoredFlow> FlowBook::List() const {
    const std::lock_guard lock(mutex_);
    std::vector<StoredFlow> flows;
    for (const auto& [version, page] : pages_) flows.push_back(page.stored);
    return flows;
}

}  // namespace trunkline::ivr
