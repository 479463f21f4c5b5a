#include "ui/captions/bench/candidate_model.h"

#include "ui/captions/bench/tag_names.h"

#include <QLocale>
#include <QStringList>

namespace photolex::ui {

CandidateModel::CandidateModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void CandidateModel::setCaptions(std::vector<caption::Caption> captions)
{
    beginResetModel();
    m_captions = std::move(captions);
    endResetModel();
}

int CandidateModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_captions.size());
}

int CandidateModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(columns);
}

QVariant CandidateModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= std::ssize(m_captions))
        return {};
    const auto &one = m_captions[static_cast<std::size_t>(index.row())];
    if (role == Qt::TextAlignmentRole && index.column() != Text)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        QStringList names;
        for (const auto &tag : one.tags)
            names.append(tagName(QString::fromStdString(tag)));
        return (one.isRetrieved ? tr("A sentence that someone wrote for another photo") + QLatin1Char('\n')
                                : QString()) +
               names.join(QStringLiteral(" · "));
    }
    const auto number = [&](double value, int digits) -> QVariant {
        if (role == SortRole)
            return value;
        return role == Qt::DisplayRole ? QVariant(QLocale().toString(value, 'f', digits)) : QVariant();
    };
    switch (index.column()) {
    case Text:
        if (role == Qt::DisplayRole || role == SortRole)
            //: %1 is a caption that was found, not written by the program
            return one.isRetrieved ? tr("%1 (found)").arg(QString::fromStdString(one.text))
                                   : QString::fromStdString(one.text);
        return {};
    case Score:
        return number(one.score, 2);
    case Cosine:
        return number(one.cosine, 3);
    case Language:
        return number(one.language, 2);
    case Structure:
        return number(one.structure, 1);
    default:
        return {};
    }
}

QVariant CandidateModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(section == Text ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        switch (section) {
        case Score:
            return tr("The weighted sum of what stands beside it; the best comes first");
        case Cosine:
            return tr("How near the sentence lies to the photo");
        case Language:
            return tr("How likely its words are, as the mean logarithm");
        case Structure:
            return tr("How frequent its structure is among captions, as a logarithm");
        default:
            return {};
        }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Text:
        return tr("Caption");
    case Score:
        return tr("Score");
    case Cosine:
        return tr("Nearness");
    case Language:
        return tr("Language");
    case Structure:
        return tr("Structure");
    default:
        return {};
    }
}

} // namespace photolex::ui
