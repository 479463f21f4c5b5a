# What is installed where, and the Debian package. The layout is that of the build tree: bin/, lib/photolex/,
# share/photolex/.
install(TARGETS photolex_core LIBRARY DESTINATION lib/photolex)
if(TARGET photolex_neural)
    install(TARGETS photolex_neural LIBRARY DESTINATION lib/photolex)
endif()
install(DIRECTORY ${CMAKE_CURRENT_LIST_DIR}/models DESTINATION share/photolex OPTIONAL PATTERN recipes EXCLUDE)
foreach(page photolex photolex-cli)
    install(FILES ${CMAKE_CURRENT_LIST_DIR}/${page}.1 DESTINATION share/man/man1 OPTIONAL)
endforeach()
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION share/doc/photolex RENAME copyright)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME photolex)
set(CPACK_PACKAGE_CONTACT "The Photolex developers <photolex@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Browse photos by meaning, on this machine alone")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
    "Finds the photos of one's folders by words, photos and sums of both in a joint space of pictures and sentences.
 Nothing leaves the machine, no original is changed, no network is needed.")
set(CPACK_DEBIAN_PACKAGE_SECTION graphics)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_BINARY_DIR}/lib/photolex)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libopenblas0-openmp | libopenblas0-pthread, qt6-qpa-plugins")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-wayland, qt6-image-formats-plugins, fonts-noto-core")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
include(CPack)
