package yikao.web;

import io.nayuki.qrcodegen.QrCode;

/**
 * A QR code as a picture in a page.
 *
 * @param size of its side in modules, the quiet zone included
 * @param path of the dark modules, as SVG writes it
 */
public record QrImage(int size, String path) {
  private static final int QUIET = 4;

  /** The code of a text, of which three tenths may be covered or blurred. */
  public static QrImage of(String text) {
    var code = QrCode.encodeText(text, QrCode.Ecc.HIGH);
    var path = new StringBuilder();
    for (var y = 0; y < code.size; y++) {
      for (var x = 0; x < code.size; x++) {
        if (code.getModule(x, y)) {
          path.append("M%d,%dh1v1h-1z".formatted(x + QUIET, y + QUIET));
        }
      }
    }
    return new QrImage(code.size + 2 * QUIET, path.toString());
  }

  /** The view box of the picture. */
  public String box() {
    return "0 0 %d %d".formatted(size, size);
  }
}
