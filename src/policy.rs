//! Which findings count: checklist, levels, acceptances, order.
