namespace Gateway.Imaging.Pictures;

/// <summary>A 5x7 upper-case font. Captions are drawn into the picture, so that they cannot get lost.</summary>
internal static class PixelFont
{
    public const int Width = 5;
    public const int Height = 7;

    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-:.,()/'%+>| ";

    // One glyph per character above: seven rows of five bits, most significant bit left.
    private static readonly byte[][] Glyphs = ParseGlyphs(
        "0E11111F111111 1E11111E11111E 0E11101010110E 1C12111111121C 1F10101E10101F 1F10101E101010 0E11101711110F 1111111F111111 " +
        "0E04040404040E 0702020202120C 11121418141211 1010101010101F 111B1515111111 11111915131111 0E11111111110E 1E11111E101010 " +
        "0E11111115120D 1E11111E141211 0F10100E01011E 1F040404040404 1111111111110E 11111111110A04 1111111515150A 11110A040A1111 " +
        "1111110A040404 1F01020408101F 0E11131519110E 040C040404040E 0E11010204081F 1F02040201110E 02060A121F0202 1F101E0101110E " +
        "0608101E11110E 1F010204080808 0E11110E11110E 0E11110F01020C 0000001F000000 000C0C000C0C00 00000000000C0C 000000000C0408 " +
        "02040808080402 08040202020408 00010204081000 0C040800000000 18190204081303 0004041F040400 10080402040810 04040404040404 00000000000000");

    public static bool IsLit(char character, int x, int y)
    {
        var index = Characters.IndexOf(char.ToUpperInvariant(character));
        return index >= 0 && (Glyphs[index][y] >> (Width - 1 - x) & 1) == 1;
    }

    private static byte[][] ParseGlyphs(string rows) => [.. rows.Split(' ').Select(Convert.FromHexString)];
}
