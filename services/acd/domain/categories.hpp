// The tree of what contacts may be about.
#pragma once
#include <map>
#include <string>

#include "result/result.hpp"

namespace trunkline::acd {

struct Category {
    std::string id;
    std::string parent;  // empty: at the top
    std::string title;
    uint32_t order = 0;
};

using Categories = std::map<std::string, Category>;

// Whether the tree is a tree with `category` put into it; INVALID_CATEGORY names the field.
Status Validate(const Categories& categories, const Category& category);
// CATEGORY_NOT_EMPTY while others hang on it, NO_SUCH_CATEGORY.
Status MayDelete(const Categories& categories, const std::string& id);
// "投诉 / 晚点"; empty when there is no such category.
std::string PathOf(const Categories& categories, const std::string& id);

}  // namespace trunkline::acd
