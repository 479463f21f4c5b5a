// A training as a job: it can be paused, ended early and broken off at any instant, goes on after a restart, and leaves
// a bundle among the installed ones.
//
// Each has a folder below dataHome()/trainings:
//
//  1. job.json: what is wanted, written at once.
//  2. data.json, data.safetensors: captions and the rows of their photos, once all photos are read. From here on no
//     photo is needed, and a folder that goes away stops nothing.
//  3. checkpoint, curve.json: after each epoch.
//  4. The bundle, first beside its place, then renamed into it: it is there whole or not at all. The folder goes.
#pragma once

#include "core/model/bundle.h"
#include "core/train/control.h"
#include "core/training/material.h"

#include <functional>
#include <optional>

namespace photolex::training {

struct JobState {
    std::filesystem::path folder;
    Source source;
    Settings settings;
    std::string set;                        // what it is trained on, for people
    std::vector<train::EpochReport> epochs; // that are done; the first may be number 0: before any
    bool hasRows = false;                   // the photos are read
};

// A folder with job.json. DiskFull, Denied: there is no job.
Result<JobState> create(const Material &material, const Settings &settings);
// Those that came to no end, newest first. What cannot be read is passed over.
std::vector<JobState> unfinished();
Result<> discard(const JobState &job); // its folder goes

struct Watching {
    train::Control *control = nullptr;                          // null: nobody pauses it
    int threads = 0;                                            // 0: threads::count()
    ProgressSink progress = {};                                 // stages "photos", "train ID", "bundle"
    std::function<void(const train::EpochReport &)> epoch = {}; // not those of before a restart
    std::function<void(const train::StepReport &)> step = {};
    std::function<void(const std::filesystem::path &, const Error &)> unreadable = {}; // photos that are left out
};

struct Outcome {
    model::Installed bundle;
    std::string encoder;                   // its id there
    int best = 0;                          // the epoch that counts; 0: none was better than before
    int epochs = 0;                        // done
    bool early = false;                    // fewer than wanted: none got better, or it was ended
    std::optional<eval::Retrieval> before; // the first encoder on the held-out captions
    eval::Retrieval after;
    // Of the ten words nearest to each of many everyday things (the network's classes), the share that were among them
    // before.
    std::optional<double> keptWords;
    std::int64_t unreadable = 0; // photos left out
};

// Runs it to its end, from where it was. Blocks. Cancelled, DiskFull and the like: what was done stays in the folder,
// and run() goes on with it. `library`: as for gather(), which is asked again while no rows are there. Invalid: too
// little to learn from.
Result<Outcome> run(const JobState &job, catalogue::Catalogue *library, const Watching &watching,
                    const std::stop_token &stop);

// A bundle that came of a job, here or elsewhere.
bool isTrainedHere(const model::Manifest &manifest);

} // namespace photolex::training
