// Paths are walked upwards, at most as far as a tree may be deep.
#include "acd/domain/categories.hpp"

#include <algorithm>

#include "acd/domain/queue.hpp"

namespace trunkline::acd {
namespace {

constexpr size_t kDeepest = 5;
constexpr size_t kLongestTitle = 180;  // bytes: sixty Chinese characters
constexpr size_t kMost = 2000;

Error Invalid(const std::string& what) { return {Code::kInvalidArgument, "INVALID_CATEGORY", what}; }

Error NoSuchCategory(const std::string& id) {
    return {Code::kNotFound, "NO_SUCH_CATEGORY", "there is no category " + id};
}

}  // namespace

Status Validate(const Categories& categories, const Category& category) {
    if (!IsWord(category.id)) {
        return Invalid("category_id must be one word of letters, digits, '.', '_', '-'");
    }
    if (category.title.empty() || category.title.size() > kLongestTitle) {
        return Invalid("title must have 1 to 60 letters");
    }
    if (categories.size() >= kMost && !categories.contains(category.id)) {
        return Invalid("category_id: there are 2000 categories already");
    }
    size_t depth = 1;
    for (std::string parent = category.parent; !parent.empty(); ++depth) {
        const auto found = categories.find(parent);
        if (parent == category.id || found == categories.end()) {
            return Invalid("parent_id must name another category that is not below this one");
        }
        if (depth == kDeepest) {
            return Invalid("parent_id: the tree may be five categories deep");
        }
        parent = found->second.parent;
    }
    return {};
}

Status MayDelete(const Categories& categories, const std::string& id) {
    if (!categories.contains(id)) {
        return NoSuchCategory(id);
    }
    const bool has_children =
        std::any_of(categories.begin(), categories.end(), [&](const auto& entry) { return entry.second.parent == id; });
    return has_children ? Status(Error{Code::kFailedPrecondition, "CATEGORY_NOT_EMPTY",
                                       "other categories are below " + id + "; move or remove them first"})
                        : Status{};
}

std::string PathOf(const Categories& categories, const std::string& id) {
    std::string path;
    auto found = categories.find(id);
    for (size_t depth = 0; found != categories.end() && depth < kDeepest; ++depth) {
        path = found->second.title + (path.empty() ? "" : " / ") + path;
        found = categories.find(found->second.parent);
    }
    return path;
}

}  // namespace trunkline::acd
