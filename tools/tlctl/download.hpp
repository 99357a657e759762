// Fetches a recording as a WAV file.
#pragma once
#include <string>

#include "invoke.hpp"

namespace trunkline::tlctl {

// Writes `path`; actor and reason go into the audit trail.
Status DownloadRecording(Suite& suite, const std::string& recording_id, const std::string& path,
                         const std::string& actor, const std::string& reason);

}  // namespace trunkline::tlctl
