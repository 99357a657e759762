// Sets a variable; "language" changes the language of all texts that name none.
#include "ivr/domain/nodes/set.hpp"

namespace trunkline::ivr {

Step Set::Start(Context& context) const {
    SetVariable(context.variables, variable, Substitute(value, context.variables));
    return Continue{{"next", next}};
}

void Set::Check(Problems& problems) const {
    problems.Expect(IsName(variable), "variable '" + variable + "' is no name; use a to z, 0 to 9 and _");
    problems.Expect(value.size() <= kLongestValue, "value is longer than 200 bytes");
    problems.Expect(variable != "language" || value == "zh" || value == "en", "language can be set to zh or en only");
}

}  // namespace trunkline::ivr
