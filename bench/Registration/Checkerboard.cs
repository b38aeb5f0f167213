namespace Gateway.RegistrationBench;

/// <summary>Fixed and moved picture in turn, 32 pixels a square; beside it the moved picture alone.</summary>
internal static class Checkerboard
{
    public static Image Of(Pair pair, FoundMap found)
    {
        var moved = PairScores.Moved(pair, found.Forth);
        var result = new Image(2 * Reference.Side, Reference.Side);
        for (var y = 0; y < Reference.Side; y++)
        {
            for (var x = 0; x < Reference.Side; x++)
            {
                result[x, y] = 255 * ((x / 32 + y / 32) % 2 == 0 ? pair.Fixed : moved)[x, y];
                result[x + Reference.Side, y] = 255 * moved[x, y];
            }
        }
        return result;
    }
}
