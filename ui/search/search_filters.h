// When and where: two boxes that narrow a search to days and to a folder.
#pragma once

#include "core/catalogue/catalogue.h"

#include <QDate>
#include <QWidget>
#include <memory>

namespace photolex::ui {

class Session;

class SearchFilters : public QWidget {
    Q_OBJECT
public:
    explicit SearchFilters(Session *session, QWidget *parent = nullptr);
    ~SearchFilters() override;

    const catalogue::PhotoFilter &filter() const;
    bool isNarrowed() const;
    void clear();
    void refresh();                         // years and folders of the library, read in a worker
    void setDays(QDate since, QDate until); // inclusive

Q_SIGNALS:
    void changed();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
