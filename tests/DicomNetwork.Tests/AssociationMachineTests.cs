namespace Gateway.DicomNetwork.Tests;

/// <summary>The protocol machine against every cell of PS3.8 Table 9-10, for both sides of an association.</summary>
public sealed class AssociationMachineTests
{
    public static TheoryData<int, int, string?> Cells
    {
        get
        {
            var data = new TheoryData<int, int, string?>();
            foreach (var (happened, state, action) in Table910.Cells)
                data.Add(happened, state, action);
            return data;
        }
    }

    [Fact]
    public void The_table_has_19_events_in_13_states() => Assert.Equal(19 * 13, Table910.Cells.Distinct().Count());

    [Theory, MemberData(nameof(Cells))]
    public void A_cell_has_the_standards_action_and_next_state_or_is_refused(int happened, int state, string? action)
    {
        foreach (var requestor in (bool[])[false, true])
        {
            (AssociationAction Action, AssociationState Next) Step() =>
                AssociationMachine.Next((AssociationState)(state - 1), (AssociationEvent)happened, requestor);

            if (action is null)
            {
                Assert.Throws<InvalidOperationException>(() => Step());
                continue;
            }

            var (taken, next) = Step();
            Assert.Equal(action.Replace("-", "", StringComparison.Ordinal), taken.ToString());
            Assert.Equal($"Sta{Table910.After(action, requestor)}", next.ToString());
        }
    }
}
