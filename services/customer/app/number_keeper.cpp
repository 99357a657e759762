// Reading by libs/phone, hashing and sealing by its vault.
#include "customer/app/number_keeper.hpp"

namespace trunkline::customer {

Result<KeptNumber> NumberKeeper::Keep(const std::string& written, const std::string& label) const {
    const phone::Number number = phone::Parse(written, place_);
    // A masked number came out of an export; nobody could be called by it.
    if (number.kind == phone::Kind::kAnonymous || written.find('*') != std::string::npos) {
        return Error{Code::kInvalidArgument, "BAD_NUMBER", "a number is missing, withheld or masked"};
    }
    if (written.size() > 100 || label.size() > 100) {
        return Error{Code::kInvalidArgument, "FIELD_TOO_LONG", "a number and its label may have 100 bytes each"};
    }
    KeptNumber kept;
    kept.hash = vault_.Hash(number);
    kept.sealed = vault_.Seal(phone::Display(number));
    kept.shown.masked = phone::Mask(number);
    kept.shown.kind = static_cast<int>(number.kind);
    kept.shown.label = label;
    kept.shown.region = phone::Region(number);
    kept.shown.mobile = number.mobile;
    return kept;
}

std::string NumberKeeper::Hash(const std::string& written) const {
    const phone::Number number = phone::Parse(written, place_);
    return number.kind == phone::Kind::kAnonymous ? "" : vault_.Hash(number);
}

}  // namespace trunkline::customer
