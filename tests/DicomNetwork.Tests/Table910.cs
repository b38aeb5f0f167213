using System.Globalization;

namespace Gateway.DicomNetwork.Tests;

/// <summary>PS3.8 as printed: the grid of Table 9-10, and the next state that Tables 9-6 to 9-9 give each action. Nothing here comes from
/// the code under test.</summary>
internal static class Table910
{
    /// <summary>Rows are events, columns states; a dash is a cell the standard leaves blank.</summary>
    private const string Grid =
        """
        Sta     1     2     3     4     5     6     7     8     9     10    11    12    13
        Evt1    AE-1  -     -     -     -     -     -     -     -     -     -     -     -
        Evt2    -     -     -     AE-2  -     -     -     -     -     -     -     -     -
        Evt3    -     AA-1  AA-8  -     AE-3  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
        Evt4    -     AA-1  AA-8  -     AE-4  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
        Evt5    AE-5  -     -     -     -     -     -     -     -     -     -     -     -
        Evt6    -     AE-6  AA-8  -     AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-7
        Evt7    -     -     AE-7  -     -     -     -     -     -     -     -     -     -
        Evt8    -     -     AE-8  -     -     -     -     -     -     -     -     -     -
        Evt9    -     -     -     -     -     DT-1  -     AR-7  -     -     -     -     -
        Evt10   -     AA-1  AA-8  -     AA-8  DT-2  AR-6  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
        Evt11   -     -     -     -     -     AR-1  -     -     -     -     -     -     -
        Evt12   -     AA-1  AA-8  -     AA-8  AR-2  AR-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-6
        Evt13   -     AA-1  AA-8  -     AA-8  AA-8  AR-3  AA-8  AA-8  AR-10 AR-3  AA-8  AA-6
        Evt14   -     -     -     -     -     -     -     AR-4  AR-9  -     -     AR-4  -
        Evt15   -     -     AA-1  AA-2  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  AA-1  -
        Evt16   -     AA-2  AA-3  -     AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-3  AA-2
        Evt17   -     AA-5  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AA-4  AR-5
        Evt18   -     AA-2  -     -     -     -     -     -     -     -     -     -     AA-2
        Evt19   -     AA-1  AA-8  -     AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-8  AA-7
        """;

    /// <summary>AE-6 and AR-8 name two states: acceptable or not; requestor or acceptor.</summary>
    private const string NextStates =
        """
        AE-1 4, AE-2 5, AE-3 6, AE-4 1, AE-5 2, AE-6 3/13, AE-7 6, AE-8 13, DT-1 6, DT-2 6,
        AR-1 7, AR-2 8, AR-3 1, AR-4 13, AR-5 1, AR-6 7, AR-7 8, AR-8 9/10, AR-9 11, AR-10 12,
        AA-1 13, AA-2 1, AA-3 1, AA-4 1, AA-5 1, AA-6 13, AA-7 13, AA-8 13
        """;

    /// <summary>All 19 x 13 cells; the action is null where the standard has none.</summary>
    public static IEnumerable<(int Event, int State, string? Action)> Cells =>
        from row in Grid.Split('\n').Skip(1)
        let cells = row.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        from state in Enumerable.Range(1, 13)
        select (int.Parse(cells[0][3..], CultureInfo.InvariantCulture), state, cells[state] == "-" ? null : cells[state]);

    /// <summary>The state after an action, on the requestor's or the acceptor's side.</summary>
    public static int After(string action, bool requestor)
    {
        var states = NextStates.Split([',', '\n'], StringSplitOptions.TrimEntries).Select(entry => entry.Split(' '))
            .First(entry => entry[0] == action)[1].Split('/').Select(int.Parse).ToArray();
        return action == "AR-8" && !requestor ? states[1] : states[0];
    }
}
