// The search index of this process, kept up to date with the database.
#pragma once
#include <map>
#include <mutex>
#include <shared_mutex>

#include "knowledge/app/ports.hpp"

namespace trunkline::knowledge {

// Safe from any thread. Searches run side by side; a refresh blocks them only while it writes.
class SearchBook {
 public:
    SearchBook(Shelf& shelf, const Clock& clock) : shelf_(shelf), clock_(clock) {}

    // Reads what has changed since the last time; one caller at a time does it.
    Status Refresh();
    // `category`: it and everything below it; empty: all.
    std::vector<Found> Search(Query query, const std::string& category) const;
    size_t size() const;

 private:
    Shelf& shelf_;
    const Clock& clock_;
    std::mutex refreshing_;
    int64_t next_ = 0;                  // with refreshing_
    std::map<std::string, int> known_;  // published versions that are indexed; with refreshing_
    mutable std::shared_mutex mutex_;   // of what follows
    SearchIndex index_;
    std::map<std::string, std::string> parents_;
};

}  // namespace trunkline::knowledge
