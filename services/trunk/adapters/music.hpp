// The built-in music on hold: a short melody of our own, made by code so that nobody else holds rights in it.
#pragma once
#include "media/wav.hpp"

namespace trunkline::trunk {

media::Wav MakeMusic();

}  // namespace trunkline::trunk
