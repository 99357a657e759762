// Refreshing and asking.
#include "knowledge/app/search_book.hpp"

namespace trunkline::knowledge {

Status SearchBook::Refresh() {
    const std::lock_guard one(refreshing_);
    auto read = shelf_.Since(next_, known_);
    auto parents = shelf_.CategoryParents();
    if (!read.ok() || !parents.ok()) {
        return read.ok() ? parents.error() : read.error();
    }
    for (const ShelfChange& change : read->changes) {
        // A lock for each, so that a long refresh never holds up a search.
        const std::unique_lock lock(mutex_);
        const Document& document = change.document;
        const auto known = known_.find(change.id);
        if (change.published_version == 0) {
            index_.Remove(change.id);
            known_.erase(change.id);
        } else if (known != known_.end() && known->second == change.published_version) {
            index_.SetPopularity(change.id, document.uses, document.helpful, document.not_helpful);
        } else {
            index_.Put(document);
            known_[change.id] = change.published_version;
        }
    }
    next_ = read->next;
    const std::unique_lock lock(mutex_);
    parents_ = std::move(*parents);
    return {};
}

std::vector<Found> SearchBook::Search(Query query, const std::string& category) const {
    const std::shared_lock lock(mutex_);
    if (!category.empty()) {
        query.categories.insert(category);
        for (const auto& [child, parent] : parents_) {
            std::string at = child;
            for (int depth = 0; depth < 9 && !at.empty(); ++depth) {
                if (at == category) {
                    query.categories.insert(child);
                    break;
                }
                const auto up = parents_.find(at);
                at = up == parents_.end() ? "" : up->second;
            }
        }
    }
    return index_.Search(query, clock_.Now());
}

size_t SearchBook::size() const {
    const std::shared_lock lock(mutex_);
    return index_.size();
}

}  // namespace trunkline::knowledge
