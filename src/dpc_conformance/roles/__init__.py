"""The seven roles of the journey as interfaces; reference implementations and adapters stand behind them."""
