// Candidates of captions with the parts of their score, as a table.
#pragma once

#include "core/caption/captioner.h"

#include <QAbstractTableModel>
#include <vector>

namespace photolex::ui {

class CandidateModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Text, Score, Cosine, Language, Structure, columns };
    static constexpr int SortRole = Qt::UserRole; // numbers as numbers

    explicit CandidateModel(QObject *parent = nullptr);
    void setCaptions(std::vector<caption::Caption> captions);
    const std::vector<caption::Caption> &captions() const { return m_captions; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<caption::Caption> m_captions;
};

} // namespace photolex::ui
