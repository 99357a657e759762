// A file of mode 0400.
#include "identity/adapters/first_password_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>

#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::identity {
namespace {

void WriteFirstPassword(const std::string& path, const std::string& password) {
    ::unlink(path.c_str());
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
    const std::string text = password + "\n";
    const bool written = file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    if (file >= 0) {
        ::close(file);
    }
    if (!written) {
        throw std::runtime_error("cannot write the administrator's first password to " + path +
                                 "; set first_start.password_file");
    }
}

}  // namespace

void PrepareFirstStart(Administration& administration, const std::string& path) {
    const auto password = administration.PrepareFirstStart();
    if (!password.ok()) {
        throw std::runtime_error("cannot prepare the first start: " + password.error().message);
    }
    if (!password->empty()) {
        WriteFirstPassword(path, *password);
        log::Info("administrator created; his one-time password is in a file", {{log::kName, path}});
    }
}

}  // namespace trunkline::identity
