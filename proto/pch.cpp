// Carries the precompiled header of proto/CMakeLists.txt.
