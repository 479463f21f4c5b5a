// What a job keeps in its folder.
#pragma once

#include "core/train/on_rows.h"
#include "core/training/job.h"

namespace photolex::training {

std::filesystem::path trainingsFolder(); // dataHome()/trainings

// What is learnt from, once all photos are read: numbers and sentences only.
struct KeptRows {
    int width = 0;
    train::RowSet train, heldOut;
    std::vector<float> kept; // points of photos without captions, n × width
    std::int64_t photos = 0; // that were learnt from
    std::int64_t unreadable = 0;
};
Result<> writeRows(const std::filesystem::path &folder, const KeptRows &rows);
Result<KeptRows> readRows(const std::filesystem::path &folder);
bool hasRows(const std::filesystem::path &folder);

Result<> writeCurve(const std::filesystem::path &folder, std::span<const train::EpochReport> epochs);
Result<JobState> readJob(const std::filesystem::path &folder);
std::string settingsJson(const JobState &job);               // as job.json holds them
inline constexpr const char *settingsFile = "training.json"; // of the bundle: what it was made with

// The bundle in a folder beside the installed ones, self-tested; then renamed into its place.
Result<model::Installed> installTrained(const JobState &job, const model::Bundle &first, const joint::Encoder *encoder,
                                        const train::TrainedEncoder &trained, const KeptRows &rows,
                                        const eval::Retrieval &measured);
// Of the ten words nearest to each class of the network, those that both have; of words that the first encoder knows.
Result<double> keptWords(const model::Bundle &first, const joint::Encoder &before, const joint::Encoder &after);

} // namespace photolex::training
