// Temporary file, sync, rename, sync of the folder.
#include "trunk/adapters/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>

namespace trunkline::trunk {
namespace {

bool WriteAll(int file, const std::string& bytes) {
    for (size_t done = 0; done < bytes.size();) {
        const ssize_t written = ::write(file, bytes.data() + done, bytes.size() - done);
        if (written < 0) {
            return false;
        }
        done += static_cast<size_t>(written);
    }
    return ::fdatasync(file) == 0;
}

void SyncFolder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fsync(descriptor);
        ::close(descriptor);
    }
}

}  // namespace

Status WriteFileSafely(const std::filesystem::path& path, const std::string& bytes) {
    static std::atomic<uint64_t> next{0};  // two threads may write the same path
    const std::string temporary = path.string() + ".new" + std::to_string(++next);
    const auto fail = [&] {
        const std::string why = std::strerror(errno);
        ::unlink(temporary.c_str());
        return Error{Code::kUnavailable, "FILE_WRITE_FAILED", "cannot write " + path.string() + ": " + why};
    };
    const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
    if (file < 0) {
        return fail();
    }
    const bool written = WriteAll(file, bytes);
    if (::close(file) != 0 || !written || ::rename(temporary.c_str(), path.c_str()) != 0) {
        return fail();
    }
    SyncFolder(path.parent_path());
    return {};
}

}  // namespace trunkline::trunk
