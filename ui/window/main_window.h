// The one window: rail of places, the search field on top, the place, the status area below. Owns the places; carries
// out what they ask of one another. Each place keeps its state when it is left.
#pragma once

#include "ui/common/dropped.h"
#include "ui/search/search_request.h"

#include <QMainWindow>
#include <QString>
#include <filesystem>
#include <memory>
#include <vector>

namespace photolex::ui {

class CaptionsPlace;
class ComparePlace;
class MapPlace;
class Session;
class Preferences;
class SearchField;
class SearchPlace;
class StatusArea;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    enum class Place { Library, Search, Expression, Compare, Map, Captions, Models, Settings };

    // Both outlive the window. The session's library is open.
    MainWindow(Session *session, Preferences *preferences, QWidget *parent = nullptr);
    ~MainWindow() override;

    void openFolder(const QString &folder); // adds it to the library and shows it
    void showPlace(Place place);
    Place place() const;
    bool isWelcome() const;
    SearchField *searchField() const;
    SearchPlace *searchPlace() const;
    ComparePlace *comparePlace() const;
    MapPlace *mapPlace() const;
    CaptionsPlace *captionsPlace() const;
    StatusArea *statusArea() const;
    // Everything again in the language and direction of now; places, words and pictures stay.
    void rebuild();

protected:
    void showEvent(QShowEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace photolex::ui
