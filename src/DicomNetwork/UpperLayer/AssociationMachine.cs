using static Gateway.DicomNetwork.AssociationAction;
using static Gateway.DicomNetwork.AssociationEvent;
using static Gateway.DicomNetwork.AssociationState;

namespace Gateway.DicomNetwork;

/// <summary>PS3.8 Table 9-10, to be held next to the standard: a blank cell of the table is an error of ours, never of the peer.</summary>
internal static class AssociationMachine
{
    /// <summary>The action for an event in a state, and the next state.</summary>
    /// <remarks>AE-6 rejecting (to Sta13) and AR-8 are the table's only branches; the first is the caller's, the second hangs on the
    /// role.</remarks>
    /// <exception cref="InvalidOperationException">The table has no action: the local user asked for what cannot be now.</exception>
    public static (AssociationAction Action, AssociationState Next) Next(
        AssociationState state, AssociationEvent happened, bool requestor) =>
        (state, happened) switch
        {
            (Sta1, Evt1) => (AE1, Sta4),
            (Sta1, Evt5) => (AE5, Sta2),

            (Sta2, Evt6) => (AE6, Sta3),
            (Sta2, Evt3 or Evt4 or Evt10 or Evt12 or Evt13 or Evt19) => (AA1, Sta13),
            (Sta2, Evt16 or Evt18) => (AA2, Sta1),
            (Sta2, Evt17) => (AA5, Sta1),

            (Sta3, Evt7) => (AE7, Sta6),
            (Sta3, Evt8) => (AE8, Sta13),

            (Sta4, Evt2) => (AE2, Sta5),
            (Sta4, Evt15) => (AA2, Sta1),
            (Sta4, Evt17) => (AA4, Sta1),

            (Sta5, Evt3) => (AE3, Sta6),
            (Sta5, Evt4) => (AE4, Sta1),

            (Sta6, Evt9) => (DT1, Sta6),
            (Sta6, Evt10) => (DT2, Sta6),
            (Sta6, Evt11) => (AR1, Sta7),
            (Sta6, Evt12) => (AR2, Sta8),

            (Sta7, Evt10) => (AR6, Sta7),
            (Sta7, Evt12) => (AR8, requestor ? Sta9 : Sta10),
            (Sta7, Evt13) => (AR3, Sta1),

            (Sta8, Evt9) => (AR7, Sta8),
            (Sta8, Evt14) => (AR4, Sta13),
            (Sta9, Evt14) => (AR9, Sta11),
            (Sta10, Evt13) => (AR10, Sta12),
            (Sta11, Evt13) => (AR3, Sta1),
            (Sta12, Evt14) => (AR4, Sta13),

            (Sta13, Evt3 or Evt4 or Evt10 or Evt12 or Evt13) => (AA6, Sta13),
            (Sta13, Evt6 or Evt19) => (AA7, Sta13),
            (Sta13, Evt16 or Evt18) => (AA2, Sta1),
            (Sta13, Evt17) => (AR5, Sta1),

            (Sta3 or (>= Sta5 and <= Sta12), Evt15) => (AA1, Sta13),
            (Sta3 or (>= Sta5 and <= Sta12), Evt16) => (AA3, Sta1),
            (Sta3 or (>= Sta5 and <= Sta12), Evt17) => (AA4, Sta1),
            (Sta3 or (>= Sta5 and <= Sta12), Evt3 or Evt4 or Evt6 or Evt10 or Evt12 or Evt13 or Evt19) => (AA8, Sta13),

            _ => throw new InvalidOperationException($"PS3.8 Table 9-10 has no action for {happened} in {state}."),
        };
}
